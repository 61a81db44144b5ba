"""From the business manager's "add person" to the first sign-in. A mail scanner may open the link before the person."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from notifications.models import Message
from panel import workflow
from panel.models import User
from tests.cast import sign_in

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PASSWORD = "purple-tractor-lagoon"


@pytest.fixture
def invited_person(cast):
    with time_machine.travel(NOW, tick=False):
        person = User(email="Nia.Example@Agency.example", name="Nia Example")
        return workflow.add_person(person=person, by=cast.business_manager, now=NOW)


def link_in(message: Message) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", message.text)[1]


def verbs(person) -> list[str]:
    events = Event.objects.filter(object_label="panel.User", object_id=str(person.pk))
    return list(events.order_by("pk").values_list("verb", flat=True))


def test_adding_a_person_invites_them(invited_person):
    message = Message.objects.get(kind="account-invitation")
    assert message.address == "nia.example@agency.example"
    assert "Nia" not in message.subject + message.text
    assert not invited_person.has_usable_password()
    assert verbs(invited_person) == ["person.added", "person.invited"]


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_the_link_lets_them_choose_a_password_and_sign_in(invited_person):
    client = Client()
    page = client.get(link_in(Message.objects.get()), follow=True)
    assert page.status_code == 200
    assert "token" not in page.redirect_chain[-1][0]
    assert "Welcome, Nia Example" in page.text
    done = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert "Your password is set" in done.text
    signed_in = client.post("/accounts/login/", {"login": invited_person.email, "password": PASSWORD})
    assert signed_in.status_code == 302
    assert verbs(invited_person)[2:] == ["person.accepted", "account.signed_in"]


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_a_scanner_that_opens_the_link_spends_nothing(invited_person):
    link = link_in(Message.objects.get())
    for _ in range(3):
        assert "Choose a password" in Client().get(link, follow=True).text
        Client().head(link)
    invited_person.refresh_from_db()
    assert not invited_person.has_usable_password()
    assert "Choose a password" in Client().get(link, follow=True).text


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_the_link_works_once(invited_person):
    link = link_in(Message.objects.get())
    first, second = Client(), Client()
    first_page = first.get(link, follow=True).redirect_chain[-1][0]
    second_page = second.get(link, follow=True).redirect_chain[-1][0]
    first.post(first_page, {"password": PASSWORD})
    assert "does not work any more" in second.post(second_page, {"password": "another-password-here"}).text
    assert "does not work any more" in Client().get(link, follow=True).text
    invited_person.refresh_from_db()
    assert invited_person.check_password(PASSWORD)


def test_the_link_expires_after_seven_days(invited_person):
    link = link_in(Message.objects.get())
    with time_machine.travel(NOW + timedelta(days=7, seconds=-5), tick=False):
        assert "Choose a password" in Client().get(link, follow=True).text
    with time_machine.travel(NOW + timedelta(days=7, seconds=5), tick=False):
        assert "does not work any more" in Client().get(link, follow=True).text


def test_a_new_invitation_ends_the_old_one(cast, invited_person):
    old = link_in(Message.objects.get())
    later = NOW + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        workflow.invite(person=invited_person, by=cast.business_manager, now=later)
        new = link_in(Message.objects.latest("pk"))
        assert "does not work any more" in Client().get(old, follow=True).text
        assert "Choose a password" in Client().get(new, follow=True).text


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_the_link_of_an_inactive_person_is_dead(cast, invited_person):
    invited_person.is_active = False
    workflow.change_person(person=invited_person, changed=["is_active"], by=cast.business_manager, now=NOW)
    assert "does not work any more" in Client().get(link_in(Message.objects.get()), follow=True).text


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
@pytest.mark.parametrize(
    ("password", "complaint"),
    [("short", "at least 12 characters"), ("qwerty123456", "too common"), ("nia.example@agency", "too similar")],
)
def test_bad_passwords_are_refused(invited_person, password, complaint):
    client = Client()
    address = client.get(link_in(Message.objects.get()), follow=True).redirect_chain[-1][0]
    page = client.post(address, {"password": password})
    assert complaint in page.text
    assert "<title>Error: " in page.text
    assert 'autocomplete="new-password"' in page.text
    assert "govuk-js-password-input-toggle" in page.text
    invited_person.refresh_from_db()
    assert not invited_person.has_usable_password()


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_words_of_any_kind_are_good_enough(invited_person):
    """Length, not composition: no digit, no capital, no symbol is asked for."""
    client = Client()
    address = client.get(link_in(Message.objects.get()), follow=True).redirect_chain[-1][0]
    client.post(address, {"password": "purple tractor lagoon"})
    invited_person.refresh_from_db()
    assert invited_person.check_password("purple tractor lagoon")


def test_whoever_has_a_password_is_not_invited_again(cast):
    with pytest.raises(WorkflowError, match="has chosen a password already"):
        workflow.invite(person=cast.member, by=cast.business_manager, now=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["chair", "member", "partner_la", "scrutineer", "outsider"])
def test_only_the_business_manager_invites(cast, name):
    with pytest.raises(NotPermitted):
        workflow.add_person(person=User(email="x@y.example", name="X"), by=getattr(cast, name), now=NOW)
    assert not User.objects.filter(email="x@y.example").exists()


@time_machine.travel(NOW + timedelta(hours=1), tick=False)
def test_another_persons_session_does_not_matter(cast, invited_person):
    client = sign_in(cast.member)
    assert "Welcome, Nia Example" in client.get(link_in(Message.objects.get()), follow=True).text


def test_nobody_signs_up(client, db):
    page = client.get("/accounts/signup/")
    assert "Accounts are by invitation" in page.text
    assert client.post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD}).status_code == 200
    assert not User.objects.exists()


def test_the_business_manager_cannot_read_the_link(cast, invited_person):
    """Who has the link becomes that person: the outbox keeps its text to itself."""
    message = Message.objects.get()
    page = sign_in(cast.business_manager).get(f"/admin/notifications/message/{message.pk}/change/")
    assert page.status_code == 200
    assert "this mail carries a personal link" in page.text
    assert link_in(message) not in page.text
    assert "/invitation/" not in page.text.replace("/meetings/invitation/", "")  # the admin list of meetings
