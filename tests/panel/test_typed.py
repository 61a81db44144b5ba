"""A half-written form outlives the session of the person who was writing it, and nobody else sees it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel import typed
from panel.models import KeptForm
from panel.tasks import clear_sessions
from panel.workflow import KEPT_FOR, LONGEST_KEPT, MOST_KEPT, forget_old_typed, keep_typed
from referrals import workflow
from referrals.choices import Kind
from tests.cast import PASSWORD
from tests.cast import sign_in as signed_in

pytestmark = pytest.mark.django_db

WORDS = "A long account that nobody wants to type twice"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def draft(cast):
    return workflow.start_draft(kind=Kind.SIN, by=cast.member, now=timezone.now())


@pytest.fixture
def path(draft):
    return reverse("referrals:draft-incident", args=[draft.key])


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def text(response, name="circumstances"):
    return page(response).select_one(f"textarea[name={name}]").text.strip()


def sign_in_by_form(client, person, to):
    return client.post(f"/accounts/login/?next={to}", {"login": person.email, "password": PASSWORD, "next": to})


def end_session(client):
    """As the server does it after an idle hour: the cookies stay in the browser."""
    Session.objects.all().delete()


def test_what_is_sent_after_the_session_ended_is_there_after_sign_in(cast, draft, path):
    client = signed_in(cast.member)
    assert client.get(path).status_code == 200
    end_session(client)
    response = client.post(path, {"circumstances": WORDS, "incident_on_0": "31", "incident_on_1": "2", "save": ""})
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={path}")
    back = sign_in_by_form(client, cast.member, path)
    assert (back.status_code, back.url) == (302, path)
    shown = client.get(path)
    assert text(shown) == WORDS
    assert "Restored." in page(shown).select_one(".app-restored").text
    assert page(shown).select_one("input[name=incident_on_0]")["value"] == "31"
    assert not page(shown).select(".govuk-error-summary, .govuk-error-message"), "unfinished is not wrong"
    draft.refresh_from_db()
    assert draft.circumstances == "", "nothing was saved behind the person's back"


def test_saving_forgets_what_was_kept(cast, draft, path):
    client = signed_in(cast.member)
    client.post(f"{reverse('panel:typed-keep')}?path={path}", {"circumstances": WORDS})
    assert text(client.get(path)) == WORDS
    client.post(path, {"circumstances": WORDS, "later": ""})
    draft.refresh_from_db()
    assert draft.circumstances == WORDS
    assert not KeptForm.objects.exists()
    assert not page(client.get(path)).select(".app-restored")


def test_a_post_with_errors_keeps_what_was_kept(cast, path):
    client = signed_in(cast.member)
    client.post(f"{reverse('panel:typed-keep')}?path={path}", {"circumstances": WORDS})
    response = client.post(path, {"circumstances": WORDS, "save": ""})
    assert page(response).select(".govuk-error-summary")
    assert KeptForm.objects.count() == 1


def test_the_script_keeps_while_the_session_runs_and_only_for_forms_that_offer_it(cast, path):
    client = signed_in(cast.member)
    shown = page(client.get(path)).select_one("#timeout")
    assert shown["data-keep"] == reverse("panel:typed-keep")
    assert "is kept" in shown.text
    assert "data-keep" not in page(client.get("/account/")).select_one("#timeout").attrs
    assert client.post(f"{shown['data-keep']}?path={path}", {"circumstances": WORDS}).json()["kept"] is True
    for other in ("/account/", "/nowhere/", "//elsewhere.example/", "/accounts/password/change/"):
        assert client.post(f"{shown['data-keep']}?path={other}", {"x": WORDS}).status_code == 404
    assert [kept.path for kept in KeptForm.objects.all()] == [path]


def test_nobody_else_gets_the_text(cast, draft, path, sign_in):
    client = signed_in(cast.member)
    client.get(path)
    end_session(client)
    client.post(path, {"circumstances": WORDS})
    sign_in_by_form(client, cast.business_manager, path)  # the same browser, another person, who sees the draft too
    assert WORDS not in client.get(path).content.decode()
    assert WORDS in sign_in(cast.member).get(path).content.decode()


def test_a_browser_in_which_nobody_was_signed_in_keeps_nothing(cast, path):
    client = Client()
    client.cookies[typed.COOKIE] = "1:forged:signature"
    assert client.post(path, {"circumstances": WORDS}).status_code == 302
    assert not KeptForm.objects.exists()


def test_who_signs_out_leaves_nothing_behind_in_the_browser(cast, path):
    client = signed_in(cast.member)
    client.get(path)
    assert client.cookies[typed.COOKIE].value
    client.post("/accounts/logout/")
    assert not client.cookies[typed.COOKIE].value
    client.post(path, {"circumstances": WORDS})
    assert not KeptForm.objects.exists()


def test_the_cookie_lets_nobody_in(cast, path):
    client = signed_in(cast.member)
    client.get(path)
    cookie = client.cookies[typed.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    other = Client()
    other.cookies[typed.COOKIE] = cookie.value
    assert other.get(path).url.startswith("/accounts/login/")


def test_a_page_from_before_the_last_sign_in_loses_nothing(cast, draft, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)
    token = page(client.get(path)).select_one("main input[name=csrfmiddlewaretoken]")["value"]
    client.cookies.pop("csrftoken")  # signing in again, in another tab, made a new one
    data = {"circumstances": WORDS, "csrfmiddlewaretoken": token}
    assert client.post(path, data).status_code == 403, "no browser of ours says that it was our page"
    assert client.post(path, data, HTTP_SEC_FETCH_SITE="cross-site", **ORIGIN).status_code == 403
    assert client.post(path, data, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert not KeptForm.objects.exists()
    response = client.post(path, data, **ORIGIN)
    assert (response.status_code, response.url) == (302, path)
    shown = client.get(path)
    assert text(shown) == WORDS
    assert token not in KeptForm.objects.get().typed
    draft.refresh_from_db()
    assert draft.circumstances == ""


def test_keeping_needs_the_csrf_token(cast, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)
    client.get(path)
    assert client.post(f"{reverse('panel:typed-keep')}?path={path}", {"circumstances": WORDS}).status_code == 403
    assert not KeptForm.objects.exists()


def test_the_text_can_be_thrown_away(cast, draft, path):
    workflow.save_incident(
        draft=draft, facts={"circumstances": "As saved."}, harm_types=[], by=cast.member, now=timezone.now()
    )
    client = signed_in(cast.member)
    client.post(f"{reverse('panel:typed-keep')}?path={path}", {"circumstances": WORDS})
    form = page(client.get(path)).select_one(".app-restored form")
    response = client.post(form["action"], {"path": form.select_one("[name=path]")["value"]})
    assert response.url == path
    assert text(client.get(path)) == "As saved."
    assert client.post(form["action"], {"path": "https://elsewhere.example/"}).status_code == 404


def test_once_the_page_is_closed_to_its_author_the_text_is_not_shown(cast, draft, path):
    client = signed_in(cast.member)
    client.post(f"{reverse('panel:typed-keep')}?path={path}", {"circumstances": WORDS})
    workflow.discard_draft(draft=draft, by=cast.member, now=timezone.now())
    response = client.get(path)
    assert response.status_code == 404
    assert WORDS not in response.content.decode()


def test_several_values_and_the_last_choice_come_back(cast, draft):
    path = reverse("referrals:draft-child", args=[draft.key, "5f0c7a52-7c9c-4a57-9d3f-6c7e4d0a7a11"])
    client = signed_in(cast.member)
    data = {"name": "Wren Half-Written", "sex": "female", "ethnicity": "not_known", "ethnicity_reason": "Asked."}
    client.post(f"{reverse('panel:typed-keep')}?path={path}", data)
    shown = page(client.get(path))
    assert shown.select_one("input[name=name]")["value"] == "Wren Half-Written"
    assert shown.select_one("input[name=sex][checked]")["value"] == "female"
    assert shown.select_one("select[name=ethnicity] option[selected]")["value"] == "not_known"
    assert not draft.children.exists()


def test_old_text_goes_at_night_and_the_newest_stays(cast):
    now = timezone.now()
    query = typed.Restored("a=1")
    keep_typed(person=cast.member, path="/old/", typed=query, now=now - KEPT_FOR - timedelta(minutes=1))
    keep_typed(person=cast.member, path="/new/", typed=query, now=now)
    clear_sessions()
    assert [kept.path for kept in KeptForm.objects.all()] == ["/new/"]
    assert forget_old_typed(now=now) == 0


def test_too_much_is_not_kept_and_nobody_fills_the_table(cast):
    huge = typed.Restored(f"a={'x' * LONGEST_KEPT}")
    assert keep_typed(person=cast.member, path="/huge/", typed=huge, now=timezone.now()) is None
    for number in range(MOST_KEPT + 2):
        at = timezone.now() + timedelta(seconds=number)
        keep_typed(person=cast.member, path=f"/{number}/", typed=typed.Restored("a=1"), now=at)
    kept = set(KeptForm.objects.values_list("path", flat=True))
    assert len(kept) == MOST_KEPT
    assert {"/0/", "/1/"} & kept == set()
