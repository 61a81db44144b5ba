"""The form for professionals without an account: off by default, behind a code, saved, sent as a recorded case."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import WorkflowError
from notifications.models import Message
from panel.models import Agency, Partnership
from referrals import workflow
from referrals.choices import Decision, Kind
from referrals.models import MisdirectedEnquiry, OutsideReferral, Referral
from referrals.needs import needs
from referrals.questions import open_agencies
from referrals.states import Status
from referrals.tasks import clear_unsent
from referrals.workflow.outside import KEPT_FOR
from tests.referrals.factories import screen

pytestmark = pytest.mark.django_db

NOW = "2026-11-25T10:00:00+00:00"
ADDRESS = "nora.pretend@hospital.example"
CHILD = "Hazel Pretend"
STORY = "The child was found by a neighbour."
YOU = {"name": "Nora Pretend", "job_title": "Named nurse"}
INCIDENT = {
    "nature": "serious_harm", "incident_on_0": "20", "incident_on_1": "11", "incident_on_2": "2026",
    "circumstances": STORY, "why": "Three services, one letter.",
}  # fmt: skip
BORN = {
    "birth": "born", "date_of_birth_0": "4", "date_of_birth_1": "5", "date_of_birth_2": "2018", "name": CHILD,
    "outcome": "harmed",
}  # fmt: skip


@pytest.fixture(autouse=True)
def wednesday():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def opened(cast):
    """The switch is on, and the hospital's domain is known."""
    Partnership.objects.update(takes_outside_referrals=True)
    Agency.objects.filter(pk=cast.agencies.hospital.pk).update(email_domains="trust.example, hospital.example")
    return cast


def url(name, *args):
    return reverse(f"outside:{name}", args=args)


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def errors(response):
    return page(response).select_one(".govuk-error-summary").text


def newest_code():
    return re.search(r"\b\d{6}\b", Message.objects.filter(kind="access-code").latest("pk").text)[0]


def let_in(address=ADDRESS):
    client = Client()
    assert client.post(url("start"), {"address": address}).url == url("code")
    assert client.post(url("code"), {"code": newest_code()}).url == url("about")
    return client


def begun(client):
    form = page(client.get(url("about")))
    key = form.select_one("input[name=key]")["value"]
    assert client.post(url("about"), {"about": "referral", "key": key}).url == url("tasks")
    return client


def filled(client):
    client.post(url("you"), YOU)
    client.post(url("incident"), INCIDENT)
    client.post(url("agencies"), {"agencies": [], "other": "A youth club in Wye"})
    client.post(url("child", uuid.uuid4()), BORN)
    return client


def test_it_is_off_until_the_partnership_switches_it_on(cast):
    for name in ("start", "code", "about", "tasks", "you", "check", "sent"):
        assert Client().get(url(name)).status_code == 404
    Agency.objects.update(email_domains="hospital.example")
    assert Client().post(url("start"), {"address": ADDRESS}).status_code == 404
    assert not Message.objects.exists()


def test_the_risk_now_comes_before_everything(opened):
    shown = page(Client().get(url("start")))
    heading = shown.select_one(".app-risk-now h2")
    assert heading.text == "Is a child at risk now?"
    assert shown.text.index("Is a child at risk now?") < shown.text.index("Your work e-mail")
    assert "Is a child at risk now?" in page(let_in().get(url("about"))).text


def test_a_referral_from_outside_becomes_a_case_that_awaits_screening(opened, sign_in):
    client = filled(begun(let_in()))
    shown = page(client.get(url("check"))).text
    for wanted in (STORY, "Three services, one letter.", "20 November 2026", CHILD, "Named nurse", ADDRESS):
        assert wanted in shown
    assert client.post(url("check")).url == url("sent")
    case = Referral.objects.get()
    assert "CSPR-2026-001" in client.get(url("sent")).content.decode()
    assert (case.status, case.kind, case.created_by, case.recorded_by) == (Status.RECORDED, Kind.REFERRAL, None, None)
    assert (case.referring_agency, case.referrer_name, case.referrer_address) == (
        opened.agencies.hospital, "Nora Pretend, Named nurse", ADDRESS,
    )  # fmt: skip
    child = case.children.get()
    assert (child.name, child.pseudonym, child.is_index) == (CHILD, "Child A", True)
    assert child.snapshot["age"] == "8 years"
    assert (case.incident_on, case.partnership_aware_on) == (date(2026, 11, 20), date(2026, 11, 25))
    sentence = Event.objects.get(verb="referral.from_outside").sentence
    assert "A referral came in from outside, from Inventshire Hospital Trust" in sentence
    row = OutsideReferral.objects.get()
    assert (row.referral, row.answers) == (case, {}), "what was sent stands in the case alone"
    detail = sign_in(opened.business_manager).get(f"/cases/{case.reference}/information/").content.decode()
    assert "From outside, by the form for professionals without an account" in detail
    assert sign_in(opened.chair).get(f"/cases/{case.reference}/screening/").status_code == 200
    screen(case, Decision.REDIRECT, by=opened.chair)
    assert Message.objects.get(kind="case-redirected").address == ADDRESS


def test_the_mails_carry_no_name(opened):
    client = filled(begun(let_in()))
    client.post(url("check"))
    receipt = Message.objects.get(kind="referral-receipt")
    assert (receipt.address, receipt.subject) == (
        ADDRESS, "[OFFICIAL-SENSITIVE] CSPR-2026-001: your referral was received",
    )  # fmt: skip
    told = Message.objects.filter(kind="case-recorded")
    assert opened.business_manager in [mail.recipient for mail in told]
    for mail in Message.objects.all():
        for leak in (CHILD, "Hazel", STORY, "Nora"):
            assert leak not in mail.subject + mail.text


def test_sent_twice_is_sent_once(opened):
    client = filled(begun(let_in()))
    outside = OutsideReferral.objects.get()
    first = workflow.send_outside(outside=outside, now=timezone.now())
    assert workflow.send_outside(outside=outside, now=timezone.now()) == first
    assert client.post(url("check")).url == url("about"), "in the other window it is gone"
    assert Referral.objects.count() == 1
    with pytest.raises(WorkflowError, match="sent already"):
        workflow.save_outside(outside=outside, part="you", facts=YOU, now=timezone.now())


def test_what_was_saved_is_there_on_another_day_in_another_browser(opened):
    client = begun(let_in())
    client.post(url("incident"), INCIDENT)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        again = let_in()
        assert "You began a referral on 25 November 2026" in page(again.get(url("about"))).text
        shown = page(again.get(url("incident")))
        assert shown.select_one("textarea[name=circumstances]").text.strip() == STORY
        assert shown.select_one("input[name=incident_on_1]")["value"] == "11"
    assert OutsideReferral.objects.count() == 1


def test_children_keep_their_order_are_changed_and_removed(opened):
    client = begun(let_in())
    keys = [uuid.UUID(int=number) for number in (9, 1, 5)]
    for key, name in zip(keys, ("First Pretend", "Second Pretend", "Third Pretend"), strict=True):
        client.post(url("child", key), BORN | {"name": name})
    client.post(url("child", keys[0]), {"birth": "unborn", "outcome": "not_harmed", "name": ""})
    client.post(url("child-remove", keys[1]))
    titles = [h3.text for h3 in page(client.get(url("tasks"))).select(".govuk-summary-card__title")]
    assert titles == ["Unborn child", "Third Pretend"]
    client.post(url("you"), YOU)
    client.post(url("incident"), INCIDENT)
    client.post(url("agencies"), {"not_known": "on"})
    client.post(url("check"))
    found = Referral.objects.get().children.order_by("position")
    assert [(child.name, child.is_unborn, child.pseudonym) for child in found] == [
        ("", True, "Child A"), ("Third Pretend", False, "Child B"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "typed", "error"),
    [
        ("you", {"name": "Nora"}, "Enter your job"),
        ("incident", INCIDENT | {"nature": ""}, "Select what happened"),
        ("incident", INCIDENT | {"incident_on_2": "2027"}, "The date of the incident cannot be in the future"),
        ("incident", INCIDENT | {"why": ""}, "Say why the Panel should consider it"),
        ("child", BORN | {"birth": ""}, "Select whether this child is born"),
        ("child", BORN | {"name": ""}, "Enter the child’s full name"),
        ("child", BORN | {"date_of_birth_2": "2027"}, "The date of birth cannot be in the future"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(opened, part, typed, error):
    client = begun(let_in())
    args = [uuid.uuid4()] if part == "child" else []
    assert error in errors(client.post(url(part, *args), typed))
    assert OutsideReferral.objects.get().answers == {}


def test_an_unfinished_one_is_not_sent(opened):
    client = begun(let_in())
    client.post(url("you"), YOU)
    assert "Add at least one child" in errors(client.post(url("check")))
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["kit@elsewhere.example", "kit@nothospital.example", "kit@hospital.example.evil.test", "kit@sub.hospital.example"],
)
def test_strangers_get_no_code(opened, address):
    assert "not a work e-mail of an agency" in errors(Client().post(url("start"), {"address": address}))
    assert not Message.objects.exists()


def test_an_inactive_agency_refers_no_more(opened):
    client = begun(let_in())
    Agency.objects.filter(pk=opened.agencies.hospital.pk).update(is_active=False)
    assert client.get(url("tasks")).url == url("start")
    assert "not a work e-mail" in errors(Client().post(url("start"), {"address": ADDRESS}))


def test_a_code_lasts_ten_minutes_and_five_tries(opened):
    client = Client()
    client.post(url("start"), {"address": ADDRESS})
    right = newest_code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert client.post(url("code"), {"code": wrong}).status_code == 200
    assert "cannot be used any more" in errors(client.post(url("code"), {"code": right}))
    client.post(url("start"), {"address": ADDRESS})
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert "cannot be used any more" in errors(client.post(url("code"), {"code": newest_code()}))
    assert client.get(url("about")).url == url("start")


def test_codes_are_limited_by_address_and_by_network(opened):
    for _ in range(5):
        assert Client().post(url("start"), {"address": ADDRESS}).status_code == 302
    assert "several codes in the last hour" in errors(Client().post(url("start"), {"address": ADDRESS}))
    for number in range(14):
        Client().post(url("start"), {"address": f"somebody.{number}@trust.example"})
    assert "Too many codes" in errors(Client().post(url("start"), {"address": "another@trust.example"}))
    assert Message.objects.filter(kind="access-code").count() == 19


def test_without_a_code_nothing_opens_and_nobody_sees_another_ones(opened):
    begun(let_in())
    stranger = Client()
    for name in ("tasks", "you", "incident", "check", "about"):
        assert stranger.get(url(name)).url == url("start")
    assert stranger.get(url("sent")).url == url("start")
    other = begun(let_in("someone.else@trust.example"))
    other.post(url("incident"), INCIDENT | {"circumstances": "Quite another story."})
    first = OutsideReferral.objects.get(address=ADDRESS)
    assert first.answers == {}


def test_the_session_gets_a_new_key_with_the_code(opened):
    client = Client()
    client.post(url("start"), {"address": ADDRESS})
    before = client.session.session_key
    client.post(url("code"), {"code": newest_code()})
    assert client.session.session_key != before


@pytest.mark.parametrize("route", ["whistleblowing", "disagreement", "complaint", "operational"])
def test_what_is_no_referral_is_shown_its_route_and_counted_without_a_name(opened, route):
    client = let_in()
    key = str(uuid.uuid4())
    for _ in range(2):  # a double click
        assert client.post(url("about"), {"about": route, "key": key}).url == url("route", route)
    assert "This is not a referral" in client.get(url("route", route)).content.decode()
    enquiry = MisdirectedEnquiry.objects.get()
    assert (enquiry.route, enquiry.made_by) == (route, None)
    assert not OutsideReferral.objects.exists()


def test_what_was_never_sent_goes_after_a_month(opened):
    begun(let_in())
    filled(begun(let_in("sent@trust.example"))).post(url("check"))
    with time_machine.travel(timezone.now() + KEPT_FOR - timedelta(hours=1), tick=False):
        clear_unsent()
        assert OutsideReferral.objects.count() == 2
    with time_machine.travel(timezone.now() + KEPT_FOR + timedelta(hours=1), tick=False):
        clear_unsent()
        assert [row.address for row in OutsideReferral.objects.all()] == ["sent@trust.example"]


@pytest.mark.parametrize("domains", ["hospital", "kit@hospital.example", "http://hospital.example", "a b.example"])
def test_a_domain_is_a_domain(cast, domains):
    agency = cast.agencies.hospital
    agency.email_domains = domains
    with pytest.raises(ValidationError, match="is not a domain"):
        agency.full_clean()
    agency.email_domains = "Hospital.Example, trust.example"
    agency.full_clean()
    assert agency.employs("KIT@hospital.EXAMPLE")


def test_the_database_refuses_a_case_from_nobody(opened):
    filled(begun(let_in())).post(url("check"))
    case = Referral.objects.get()
    for assignment in ("referrer_address = ''", "kind = 'sin'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE referrals_referral SET {assignment} WHERE id = %s", [case.pk])


def test_three_children_take_as_many_queries_as_one(opened, django_assert_max_num_queries):
    client = begun(let_in())
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            client.post(url("child", uuid.uuid4()), BORN)
        with django_assert_max_num_queries(30) as counted:
            client.get(url("tasks"))
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def test_the_agencies_involved_are_recorded_and_conflicts_are_asked(opened):
    client = filled(begun(let_in()))
    names = [opened.agencies.schools.name, opened.agencies.council.name]
    chosen = [opened.agencies.schools.pk, opened.agencies.council.pk]
    assert client.post(url("agencies"), {"agencies": chosen, "other": "A youth club in Wye"}).url == url("tasks")
    shown = page(client.get(url("check"))).text
    assert all(name in shown for name in [*names, "A youth club in Wye"])
    again = page(client.get(url("agencies")))
    assert {box["value"] for box in again.select("input[name=agencies][checked]")} == {str(pk) for pk in chosen}
    client.post(url("check"))
    case = Referral.objects.get()
    assert {row.agency.name for row in case.involved_agencies.all()} == set(names)
    assert "A youth club in Wye" in case.circumstances
    assert {agency.name for agency in open_agencies(case, opened.member)} == set(names)
    assert [n.about for n in needs(opened.member, timezone.localdate()) if "conflict" in n.what] == [case.reference]


def test_one_must_say_which_agencies_or_that_one_knows_of_none(opened):
    client = begun(let_in())
    nothing = client.post(url("agencies"), {"other": ""})
    assert "Select the agencies involved, or tick that you know of none" in errors(nothing)
    both = client.post(url("agencies"), {"other": "A youth club", "not_known": "on"})
    assert "Either name agencies, or tick" in errors(both)
    assert page(both).select_one("[name=other]")["value"] == "A youth club"
    assert "agencies were involved" in page(client.get(url("tasks"))).text
    assert client.post(url("agencies"), {"not_known": "on"}).url == url("tasks")
    assert "Not known" in page(client.get(url("check"))).text


def test_what_was_typed_when_the_session_ended_comes_back_after_a_new_code(opened):
    client = begun(let_in())
    draft = str(OutsideReferral.objects.get().key)
    client.cookies.clear()
    typed = {
        "agencies": [opened.agencies.schools.pk, opened.agencies.council.pk],
        "other": "A youth club",
        "draft": draft,
    }
    assert client.post(url("agencies"), typed).url == url("start")
    assert OutsideReferral.objects.get().part("agencies") == {}
    client.post(url("start"), {"address": ADDRESS})
    assert client.post(url("code"), {"code": newest_code()}).url == url("agencies")
    shown = page(client.get(url("agencies")))
    assert "Your session had ended before you saved" in shown.text
    assert len(shown.select("input[name=agencies][checked]")) == 2
    assert shown.select_one("[name=other]")["value"] == "A youth club"
    assert "had ended" not in page(client.get(url("agencies"))).text  # once


def test_another_person_at_the_same_browser_does_not_get_it(opened):
    client = begun(let_in())
    draft = str(OutsideReferral.objects.get().key)
    client.cookies.clear()
    client.post(url("incident"), INCIDENT | {"draft": draft})
    client.post(url("start"), {"address": "other.pretend@hospital.example"})
    client.post(url("code"), {"code": newest_code()})
    workflow.begin_outside(address="other.pretend@hospital.example", now=timezone.now())
    assert STORY not in client.get(url("incident")).content.decode()
    assert STORY not in client.get(url("incident")).content.decode()
