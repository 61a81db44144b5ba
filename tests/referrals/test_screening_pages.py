"""Screening: circumstances, the letter of a redirection, the count by route; the sheet for the national form."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.sentences import READ
from notifications.models import Message
from panel.models import Partnership
from referrals import workflow
from referrals.choices import Decision, Kind, Route
from referrals.models import Screening, SheetPart
from referrals.routes import counts
from tests.referrals.factories import (
    CHILD_NAME,
    PERSON_NAME,
    SECRET,
    add_person,
    make_draft,
    make_referral,
    screen,
    screening_facts,
    wall_off,
)

pytestmark = pytest.mark.django_db

CIRCUMSTANCES = ("single_agency", "no_agency", "several_areas", "institution")


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def letters():
    return Message.objects.filter(kind="case-redirected")


def test_every_circumstance_is_asked_and_kept_with_its_reasons(cast, sign_in):
    case = make_referral()
    client = sign_in(cast.chair)
    url = reverse("referrals:referral-screen", args=[case.reference])
    facts = screening_facts() | {"single_agency_reasons": "", "no_agency": "", "institution": "yes"}
    errors = page(client.post(url, facts)).select_one(".govuk-error-summary").text
    assert "Select whether no agency was involved" in errors
    assert errors.count("Give your reasons about this circumstance") == 2
    assert not Screening.objects.exists()
    assert client.post(url, screening_facts()).status_code == 302
    found = Screening.objects.get()
    assert [getattr(found, name) for name in CIRCUMSTANCES] == ["yes", "no", "not_known", "no"]
    shown = page(client.get(url)).text
    assert "Where the family lived before is being asked." in shown
    assert "Concern about a single agency’s actions" in shown


def test_outside_england_says_why_it_is_notifiable(cast, sign_in):
    case = make_referral()
    url = reverse("referrals:referral-screen", args=[case.reference])
    answer = sign_in(cast.chair).post(url, screening_facts(whereabouts="outside_england"))
    assert "Say where it happened and where the child normally lived" in answer.content.decode()


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route.WHISTLEBLOWING, "whistleblowing policy"),
        (Route.DISAGREEMENT, "escalation policy"),
        (Route.COMPLAINT, "complaints process"),
        (Route.OPERATIONAL, "strategy discussion"),
    ],
)
def test_a_redirection_writes_to_the_referrer_without_names(cast, route, words):
    case = make_referral(kind=Kind.REFERRAL, by=cast.member)
    screen(case, Decision.REDIRECT, by=cast.chair, route=route)
    letter = letters().get()
    assert letter.recipient == cast.member
    assert words in letter.text
    assert case.reference in letter.subject
    assert Partnership.current().immediate_risk_route in letter.text
    for leak in (CHILD_NAME, SECRET, "Weighed against"):
        assert leak not in letter.subject + letter.text


def test_the_letter_goes_to_the_work_address_that_was_given(cast):
    draft = make_draft(kind=Kind.REFERRAL)
    facts = {"referrer_address": "ted@schools.example"}
    workflow.save_referrer(draft=draft, facts=facts, by=cast.business_manager, now=timezone.now())
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    screen(case, Decision.REDIRECT, by=cast.chair)
    assert [(letter.address, letter.recipient) for letter in letters()] == [("ted@schools.example", None)]


def test_who_is_walled_off_meanwhile_gets_no_letter(cast):
    case = make_referral(kind=Kind.REFERRAL, by=cast.walled)
    wall_off(case, cast.walled)
    screen(case, Decision.REDIRECT, by=cast.chair)
    assert not letters().exists()


@pytest.mark.parametrize("decision", [Decision.NOT_MET, Decision.PANEL, Decision.MORE_INFORMATION])
def test_no_other_outcome_writes_that_letter(cast, decision):
    screen(make_referral(kind=Kind.REFERRAL, by=cast.member), decision, by=cast.chair)
    assert not letters().exists()


def test_routes_are_counted_before_and_after_the_form(cast, sign_in):
    now = timezone.now()
    for route in (Route.COMPLAINT, Route.COMPLAINT, Route.WHISTLEBLOWING):
        workflow.turn_away(route=route, by=cast.member, now=now)
    workflow.turn_away(route=Route.COMPLAINT, by=cast.member, now=now.replace(year=now.year - 2))
    screen(make_referral(kind=Kind.REFERRAL), Decision.REDIRECT, by=cast.chair)
    rows = page(sign_in(cast.business_manager).get("/cases/")).select("#routes ~ table tbody tr")
    numbers = {row.th.text: [int("".join(filter(str.isdigit, td.text))) for td in row.select("td")] for row in rows}
    assert numbers == {
        "Whistleblowing": [1, 0, 1],
        "A professional disagreement": [0, 0, 0],
        "A complaint about a service": [2, 1, 3],
        "An operational decision or a current risk": [0, 0, 0],
    }
    assert not page(sign_in(cast.member).get("/cases/")).select("#routes")


def test_a_redirected_case_behind_a_wall_is_not_counted(cast):
    case = make_referral(kind=Kind.REFERRAL)
    screen(case, Decision.REDIRECT, by=cast.chair)
    today = timezone.localdate()
    assert sum(one.redirected for one in counts(cast.business_manager, today=today)) == 1
    workflow.record_conflict(
        referral=case, member=cast.business_manager, kind="personal", reason="A neighbour.", by=cast.business_manager,
        now=timezone.now(), sure=True,
    )  # fmt: skip
    assert sum(one.redirected for one in counts(cast.business_manager, today=today)) == 0


def sheet(case):
    return reverse("referrals:notification-sheet", args=[case.reference])


def test_the_sheet_holds_everything_in_the_given_order_and_is_kept_as_a_read(cast, sign_in):
    case = make_referral(children=[{}, {"name": "Sage Invented"}])
    add_person(case, by=cast.member)
    client = sign_in(cast.member)
    reads = Event.objects.about(case.reference).filter(verb=READ, actor=cast.member)
    before = reads.count()
    shown = page(client.get(sheet(case)))
    assert reads.count() == before + 1
    titles = [h2.text for h2 in shown.select("main section h2")]
    assert titles[:3] == ["1. Who notifies", "2. The incident", "3. The children"]
    assert len(titles) == 7
    for wanted in (CHILD_NAME, "Sage Invented", "4 May 2018", f"{SECRET} Primary School", PERSON_NAME, "Solihull"):
        assert wanted in shown.text
    assert "to be confirmed" in shown.text
    copied = shown.select_one("section[data-copy-text]:nth-of-type(3)")["data-copy-text"]
    assert f"Name: {CHILD_NAME}" in copied


def test_its_order_is_the_business_managers_to_confirm(cast, sign_in):
    case = make_referral()
    SheetPart.objects.filter(code="dates").update(position=1)
    SheetPart.objects.filter(code="family").update(is_active=False)
    SheetPart.objects.update(checked_on=timezone.localdate())
    shown = page(sign_in(cast.member).get(sheet(case)))
    titles = [h2.text for h2 in shown.select("main section h2")]
    assert titles[0] == "1. Dates, and who was told"
    assert len(titles) == 6
    assert "to be confirmed" not in shown.text
    assert "Every part was checked" in shown.text


@pytest.mark.parametrize("who", ["partner_la", "scrutineer"])
def test_the_sheet_is_closed_without_the_right_to_names(cast, sign_in, who):
    case = make_referral()
    response = sign_in(getattr(cast, who)).get(sheet(case))
    assert response.status_code == 403
    assert CHILD_NAME not in response.content.decode()
    notification = reverse("referrals:referral-notification", args=[case.reference])
    assert sheet(case) not in sign_in(getattr(cast, who)).get(notification).content.decode()
    assert sheet(case) in sign_in(cast.member).get(notification).content.decode()


def test_three_children_take_as_many_queries_as_one(cast, sign_in, django_assert_max_num_queries):
    small = make_referral()
    large = make_referral(children=[{}, {"name": "Sage Invented"}, {"name": "Ash Invented"}])
    client = sign_in(cast.member)
    numbers = []
    for case, people in ((small, 1), (large, 3)):
        for _ in range(people):
            add_person(case, by=cast.member)
        with django_assert_max_num_queries(60) as counted:
            client.get(sheet(case))
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]
