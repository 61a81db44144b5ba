"""The second step: compulsory where MFA_REQUIRED is on, the admin site too; secrets unreadable in the database."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from notifications.models import Message
from panel import workflow
from tests.cast import PASSWORD, sign_in


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    cache.clear()


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def set_up_app(person) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def enter(person) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "address", ["/", "/account/", "/admin/", "/admin/panel/user/", "/cases/", "/board/", "/mails/"]
)
def test_without_it_there_is_nowhere_to_go(required, cast, address):
    response = sign_in(cast.business_manager).get(address)
    assert response.status_code == 302
    assert response.url == "/accounts/2fa/"


def test_nor_anything_to_post(required, cast):
    assert sign_in(cast.member).post("/account/keep-alive/").url == "/accounts/2fa/"


def test_with_it_the_way_is_open(required, cast):
    set_up_app(cast.business_manager)
    client = sign_in(cast.business_manager)
    assert client.get("/account/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_where_it_is_not_required_nobody_is_stopped(cast):
    assert sign_in(cast.member).get("/account/").status_code == 200


def test_the_password_alone_does_not_sign_in(cast):
    secret = set_up_app(cast.member)
    client = enter(cast.member)
    assert client.get("/account/").status_code == 302
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "The code is not right" in page.text
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/account/").status_code == 200
    verbs = list(Event.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["account.second_step_failed", "account.signed_in"]


def test_setting_up_an_app_asks_for_the_password_again_and_tells_the_person(cast, django_capture_on_commit_callbacks):
    client = sign_in(cast.member)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 302
    assert page.url.startswith("/accounts/reauthenticate/")
    client.post(page.url, {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert Authenticator.objects.filter(user=cast.member, type="totp").exists()
    assert Event.objects.filter(verb="account.second_step_added").exists()
    assert Message.objects.filter(kind="account-notice", recipient=cast.member).exists()


def test_secrets_are_encrypted_in_the_database(cast):
    secret = set_up_app(cast.member)
    stored = Authenticator.objects.get(user=cast.member).data["secret"]
    assert secret not in stored


def test_an_old_secret_key_still_opens_them(cast, settings):
    secret = set_up_app(cast.member)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-for-everything-else"
    client = enter(cast.member)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_works_once(cast):
    set_up_app(cast.member)
    recovery = RecoveryCodes.activate(cast.member).get_unused_codes()[0]
    client = enter(cast.member)
    client.post("/accounts/2fa/authenticate/", {"code": recovery})
    assert client.get("/account/").status_code == 200
    again = enter(cast.member)
    again.post("/accounts/2fa/authenticate/", {"code": recovery})
    assert again.get("/account/").status_code == 302


def test_a_lost_telephone_is_the_business_managers_to_mend(cast):
    set_up_app(cast.member)
    client = sign_in(cast.member)
    workflow.reset_second_factor(person=cast.member, by=cast.business_manager, now=timezone.now())
    assert not Authenticator.objects.filter(user=cast.member).exists()
    assert client.get("/account/").status_code == 302
    assert Message.objects.get(kind="account-second-factor-reset").recipient == cast.member
    assert Event.objects.get(verb="person.second_factor_reset").sentence == (
        "Bea Example removed the second step of Mel Sample for signing in."
    )


def test_doing_it_again_is_a_quiet_success(cast):
    workflow.reset_second_factor(person=cast.member, by=cast.business_manager, now=timezone.now())
    assert not Message.objects.exists()
    assert not Event.objects.filter(verb="person.second_factor_reset").exists()


def test_nobody_else_mends_it_and_nobody_their_own(cast):
    set_up_app(cast.member)
    set_up_app(cast.business_manager)
    with pytest.raises(NotPermitted):
        workflow.reset_second_factor(person=cast.member, by=cast.chair, now=timezone.now())
    with pytest.raises(WorkflowError, match="your own second step"):
        workflow.reset_second_factor(person=cast.business_manager, by=cast.business_manager, now=timezone.now())
    assert Authenticator.objects.count() == 2


def test_pages_with_a_passkey_button_have_no_script_that_the_policy_refuses(cast):
    """Inline scripts are data or carry the nonce; nothing has a handler or a style attribute."""
    client = sign_in(cast.member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for address in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"):
        text = client.get(address).text
        for tag in text.split("<script")[1:]:
            head = tag.partition(">")[0]
            assert "src=" in head or "nonce=" in head or "application/json" in head, head
        assert " onclick=" not in text
        assert " style=" not in text
