"""The access matrix for URLs that libraries bring: django-allauth under /accounts/, Django's admin under /admin/.

Each of their URLs must match a row: what somebody not signed in, a member and the business manager get for a GET.
"""

import re

import pytest
from django.contrib.admin import site

from core.guard import GuardedModel
from tests.cast import sign_in
from tests.test_login_everywhere import ROUTES

OPEN, IN = {200}, {302}
# 302 and 404: an object that is not there; 405: what only takes a POST; 403: what nobody adds or deletes by hand.
ADMIN = {200, 302, 403, 404, 405}

# pattern: (not signed in, member, business manager). The first that matches holds.
TABLE = [
    (r"accounts/login/$", OPEN, IN, IN),
    (r"accounts/signup/$", OPEN, {200, 302}, {200, 302}),
    (r"accounts/inactive/$", OPEN, OPEN, OPEN),
    (r"accounts/logout/$", IN, OPEN, OPEN),
    (r"accounts/password/reset/", OPEN, OPEN, OPEN),
    (r"accounts/password/change/$", IN, OPEN, OPEN),
    (r"accounts/(email|password/set)/$", IN, IN, IN),  # ours stands before them
    (r"accounts/confirm-email/", OPEN, OPEN, OPEN),
    (r"accounts/login/code/", IN, IN, IN),
    (r"accounts/reauthenticate/$", IN, OPEN, OPEN),
    (r"accounts/2fa/$", IN, OPEN, OPEN),
    (r"accounts/2fa/authenticate/$", IN, IN, IN),  # between the two steps only
    (r"accounts/2fa/reauthenticate/$", IN, {200, 302, 404}, {200, 302, 404}),
    (r"accounts/2fa/webauthn/login/$", {200, 302}, {200, 302}, {200, 302}),
    (r"accounts/2fa/webauthn/reauthenticate/$", IN, {200, 302}, {200, 302}),
    (r"accounts/2fa/webauthn/$", IN, {200, 302}, {200, 302}),
    (r"accounts/2fa/(totp|webauthn|recovery-codes)/", IN, {302, 404}, {302, 404}),  # confirm that it is you first
    (r"admin/login/$", IN, IN, IN),
    (r"admin/password_change/done/$", IN, {403}, OPEN),
    (r"admin/(logout|password_change)/", IN, {403}, IN),
    (r"admin/", IN, {403}, ADMIN),
]
LIBRARY = [route for route in ROUTES if route.startswith(("accounts/", "admin/"))]


def expected(route: str) -> dict[str, set[int]]:
    for pattern, *statuses in TABLE:
        if re.match(pattern, route):
            return dict(zip(("anonymous", "member", "business_manager"), statuses, strict=True))
    raise LookupError(f"no row for /{route}: add one to TABLE")


def test_there_are_some():
    assert len(LIBRARY) > 40


@pytest.mark.parametrize("route", LIBRARY)
def test_access(route, cast):
    for who, statuses in expected(route).items():
        person = None if who == "anonymous" else getattr(cast, who)
        response = sign_in(person).get(f"/{route}")
        assert response.status_code in statuses, f"/{route} as {who}"


OTHERS = ("chair", "deputy_chair", "deputy", "partner_la", "scrutineer", "invited", "outsider")


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_but_the_business_manager_enters_the_admin_site(cast, name):
    page = sign_in(getattr(cast, name)).get("/admin/")
    assert page.status_code == 403
    assert "You cannot see this page" in page.text


def test_a_business_manager_whose_time_is_over_does_not_either(cast):
    membership = cast.business_manager.memberships.get()
    membership.until_date = membership.from_date
    membership.save()
    assert sign_in(cast.business_manager).get("/admin/").status_code == 403


def test_strangers_sign_in_on_the_one_page_and_come_back(client, db):
    page = client.get("/admin/panel/user/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/login/?next=/admin/panel/user/"


REGISTERED = sorted(site._registry.items(), key=lambda pair: pair[0]._meta.label)
NAMES = [model._meta.label for model, _ in REGISTERED]


@pytest.mark.parametrize(("model", "admin"), REGISTERED, ids=NAMES)
def test_every_list_opens_and_searches(cast, model, admin):
    client = sign_in(cast.business_manager)
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    assert client.get(address).status_code == 200
    if admin.search_fields:
        assert client.get(address, {"q": "example"}).status_code == 200


BY_WORKFLOW = {
    "deadlines.BankHoliday",
    "deadlines.CalendarYear",
    "panel.PanelMeeting",
}  # guarded, and added on a page that calls the workflow


@pytest.mark.parametrize(("model", "admin"), REGISTERED, ids=NAMES)
def test_case_data_is_to_look_at_only(cast, rf, model, admin):
    request = rf.get("/admin/")
    request.user = cast.business_manager
    if model._meta.label in BY_WORKFLOW:
        return
    if issubclass(model, GuardedModel) or model._meta.app_label == "audit":
        rights = admin.get_model_perms(request)
        assert rights == {"add": False, "change": False, "delete": False, "view": True}, model._meta.label


def test_secrets_and_groups_have_no_page(client, cast):
    names = {model._meta.label for model, _ in REGISTERED}
    assert not names & {"mfa.Authenticator", "account.EmailAddress", "auth.Group", "sessions.Session"}
