"""Signing in and out, forgotten passwords, what is recorded of it, and what happens when Redis is away."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from audit.models import Event
from core.cache import SparedRedisCache
from notifications.models import Message
from panel import workflow
from tests.cast import PASSWORD, sign_in

NEW_PASSWORD = "purple-tractor-lagoon"


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    cache.clear()
    yield
    cache.clear()


def enter(client: Client, person, password=PASSWORD):
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True))


def test_signing_in_leads_home_and_is_recorded(cast, client):
    assert enter(client, cast.member).url == "/"
    assert verbs() == ["account.signed_in"]


def test_the_address_is_known_in_any_case(cast, client):
    page = client.post("/accounts/login/", {"login": cast.member.email.upper(), "password": PASSWORD})
    assert page.status_code == 302


def test_a_wrong_password_says_neither_which_was_wrong_nor_who_exists(cast, client):
    wrong = enter(client, cast.member, "wrong")
    stranger = client.post("/accounts/login/", {"login": "nobody@agency.example", "password": "wrong"})
    sentence = "The e-mail address or the password is not right."
    assert sentence in wrong.text
    assert sentence in stranger.text
    assert "<title>Error: " in wrong.text


def test_a_failed_sign_in_is_recorded_for_an_account_that_exists_only(cast, client):
    enter(client, cast.member, "wrong")
    client.post("/accounts/login/", {"login": "my-secret-password", "password": "wrong"})
    client.post("/accounts/login/", {"login": "nobody@agency.example", "password": "wrong"})
    event = Event.objects.get(verb="account.sign_in_failed")
    assert event.object_id == str(cast.member.pk)
    assert event.sentence == "Somebody tried to sign in as Mel Sample with a wrong password."


def test_too_many_wrong_passwords_are_stopped_and_others_are_not(cast, client):
    for _ in range(5):
        enter(client, cast.member, "wrong")
    assert "Too many attempts" in enter(client, cast.member).text
    assert enter(Client(), cast.chair).status_code == 302


def test_too_many_requests_get_a_page_in_our_style(cast, client):
    pages = [client.post("/accounts/password/reset/", {"email": cast.member.email}) for _ in range(21)]
    assert pages[-1].status_code == 429
    assert "Too many attempts" in pages[-1].text
    assert "govuk-template" in pages[-1].text


def test_inactive_people_cannot_sign_in(cast, client):
    cast.member.is_active = False
    cast.member.save()
    assert client.get("/account/").status_code == 302
    enter(client, cast.member)
    assert client.get("/account/").status_code == 302


def test_becoming_inactive_ends_every_session_at_once(cast):
    at_work, at_home, other = sign_in(cast.member), sign_in(cast.member), sign_in(cast.chair)
    assert at_work.get("/account/").status_code == 200
    cast.member.is_active = False
    workflow.change_person(person=cast.member, changed=["is_active"], by=cast.business_manager, now=timezone.now())
    assert at_work.get("/account/").status_code == 302
    assert at_home.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 200
    cast.member.is_active = True
    workflow.change_person(person=cast.member, changed=["is_active"], by=cast.business_manager, now=timezone.now())
    assert at_work.get("/account/").status_code == 302, "an old session must not come back to life"


def reset_link() -> str:
    text = Message.objects.get(kind="account-password-reset").text
    return re.search(r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/\S+)", text)[1]


def test_a_forgotten_password_goes_through_the_outbox(cast, client):
    page = client.post("/accounts/password/reset/", {"email": cast.member.email}, follow=True)
    assert "Look in your mailbox" in page.text
    message = Message.objects.get()
    assert message.recipient == cast.member
    assert "Mel" not in message.text
    form = client.get(reset_link(), follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": NEW_PASSWORD}, follow=True)
    assert "Your password is changed" in done.text
    assert enter(Client(), cast.member, NEW_PASSWORD).status_code == 302
    assert "account.password_changed" in verbs()
    assert "This link does not work any more" in Client().get(reset_link(), follow=True).text


def test_opening_the_reset_link_spends_nothing(cast, client):
    client.post("/accounts/password/reset/", {"email": cast.member.email})
    for _ in range(3):
        assert "Choose a new password" in Client().get(reset_link(), follow=True).text


def test_the_reset_link_names_our_own_host(cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Client(headers={"host": "evil.example"}).post("/accounts/password/reset/", {"email": cast.member.email})
    assert "evil.example" not in Message.objects.get().text


def test_strangers_get_no_mail(db, client):
    page = client.post("/accounts/password/reset/", {"email": "nobody@agency.example"}, follow=True)
    assert "Look in your mailbox" in page.text
    assert not Message.objects.exists()


def test_changing_the_password_ends_other_sessions_and_tells_the_person(cast):
    here, there = Client(), sign_in(cast.member)
    enter(here, cast.member)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    here.post("/accounts/password/change/", data)
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    notice = Message.objects.get(kind="account-notice")
    assert notice.recipient == cast.member
    assert "account.password_changed" in verbs()


def test_an_address_is_the_business_managers_to_change(cast):
    client = sign_in(cast.member)
    assert client.get("/accounts/email/").url == "/account/"
    client.post("/accounts/email/", {"action_add": "", "email": "other@agency.example"})
    assert enter(Client(), cast.member).status_code == 302
    page = Client().post("/accounts/login/", {"login": "other@agency.example", "password": PASSWORD})
    assert page.status_code == 200


def test_a_changed_address_is_the_only_way_in(cast):
    old = cast.member.email
    cast.member.email = "Mel.New@Agency.example"
    workflow.change_person(person=cast.member, changed=["email"], by=cast.business_manager, now=timezone.now())
    assert Message.objects.get().address == old, "the old mailbox hears of it"
    page = Client().post("/accounts/login/", {"login": old, "password": PASSWORD})
    assert page.status_code == 200
    assert enter(Client(), cast.member).status_code == 302


def test_signing_out_is_a_post(cast):
    client = sign_in(cast.member)
    client.get("/accounts/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").status_code == 302
    assert verbs() == ["account.signed_out"]


def test_pages_behind_sign_in_are_not_kept_by_browsers(cast):
    assert sign_in(cast.member).get("/account/").headers["Cache-Control"] == "no-store"


def test_the_demo_lists_its_accounts_and_production_does_not(cast, client, settings):
    cast.member.email = "mel.sample@partnership.example"
    cast.member.save()
    settings.DEMO = True
    assert "mel.sample@partnership.example" in client.get("/accounts/login/").text
    assert PASSWORD in client.get("/accounts/login/").text
    settings.DEMO = False
    assert "partnership.example" not in client.get("/accounts/login/").text
    assert PASSWORD not in client.get("/accounts/login/").text


def test_redis_away_keeps_nobody_out_and_still_counts(cast, settings):
    """The real cache class, told of a Redis that is not there."""
    nowhere = {"BACKEND": "core.cache.SparedRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": nowhere}
    assert isinstance(cache._connections["default"], SparedRedisCache)
    client = Client()
    assert enter(client, cast.chair).status_code == 302
    assert client.get("/account/").status_code == 200
    for _ in range(5):
        enter(Client(), cast.member, "wrong")
    assert "Too many attempts" in enter(Client(), cast.member).text


def test_the_session_ends_when_idle(cast, settings):
    client = sign_in(cast.member)
    session = client.session
    assert session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    session.set_expiry(timedelta(seconds=-1))
    session.save()
    assert client.get("/account/").status_code == 302


def test_keeping_alive_says_for_how_long(cast, settings):
    client = sign_in(cast.member)
    assert client.post("/account/keep-alive/").json() == {"seconds": settings.SESSION_COOKIE_AGE}
    assert client.get("/account/keep-alive/").status_code == 405
    assert Client().post("/account/keep-alive/").status_code == 302


def test_every_page_behind_sign_in_warns_before_the_end(cast, settings):
    assert f'data-seconds="{settings.SESSION_COOKIE_AGE}"' in sign_in(cast.member).get("/account/").text
    assert "app-timeout" not in Client().get("/accounts/login/").text


def test_ended_sessions_are_cleared(cast):
    client = sign_in(cast.member)
    now = timezone.now()
    assert workflow.forget_expired_sessions(now=now) == 0
    assert workflow.forget_expired_sessions(now=now + timedelta(days=1)) == 1
    assert client.get("/account/").status_code == 302
