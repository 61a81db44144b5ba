"""The case page: one screen that answers what, who, when, what is missing and what is new."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Event
from audit.sentences import READ
from publications.workflow import plan_publication
from rapid_reviews import workflow as reviews
from rapid_reviews.states import Status
from referrals import workflow as cases
from referrals.choices import Precision
from referrals.states import Status as CaseStatus
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.practice_reviews.factories import lcspr
from tests.rapid_reviews.factories import write_sections
from tests.referrals.factories import CHILD_NAME, SECRET, invite, make_referral, referral_at, wall_off

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def page_of(reference: str) -> str:
    return reverse("overview:case", args=[reference])


def text(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def button(response) -> str:
    found = BeautifulSoup(response.content, "html.parser").select("main .app-case-move a.govuk-button")
    return found[0].get_text(strip=True) if found else ""


def test_one_screen_answers_everything(cast, sign_in):
    review = review_opened_on("2026-11-05", lead=cast.member)
    response = sign_in(cast.member).get(page_of(review.referral.reference))
    shown = text(response)
    assert "Agencies involved" in shown, "whose move"
    assert "day 13 of 15" in shown
    assert "25 Nov 2026" in shown, "the due date"
    assert "Serious harm to a child, 2 November 2026" in shown, "what happened"
    assert "Child A: seriously harmed" in shown
    assert "It cannot go to the national Panel yet" in shown, "what is missing"
    assert "“Immediate safeguarding of Child A” is not started" in shown
    assert "17 more on the page of the rapid review" in shown
    assert "What happened last" in shown


def test_it_follows_the_reviews_that_the_partners_commissioned(cast, sign_in):
    review = lcspr(now=moment("2026-11-20"))
    shown = text(sign_in(cast.member).get(page_of(review.referral.reference)))
    assert f"{review.reference} : Business manager, to agree scope and reviewer" in shown
    assert "month 1 of 6" in shown, "the time limit of publication"
    assert "No clock of ours is running" not in shown


def test_a_planned_publication_does_not_hide_whose_move_the_review_is(cast, sign_in):
    review = lcspr(now=moment("2026-11-20"))
    plan_publication(
        review=review, planned_on=moment("2027-05-12").date(), by=cast.business_manager, now=moment("2026-11-20")
    )
    shown = text(sign_in(cast.member).get(page_of(review.referral.reference)))
    assert f"{review.reference} : Business manager, to agree scope and reviewer" in shown


def test_before_the_review_is_opened_its_day_is_known(cast, sign_in):
    case = make_referral(now=moment("2026-11-20"), dates={"notified_on": moment("2026-11-19").date()})
    assert "it would be due on Thursday 10 December 2026" in text(sign_in(cast.member).get(page_of(case.reference)))


def test_no_name_and_no_free_text(cast, sign_in):
    review = review_opened_on("2026-11-05", Status.RECOMMENDED)
    for person in (cast.business_manager, cast.member):
        content = sign_in(person).get(page_of(review.referral.reference)).content.decode()
        assert CHILD_NAME not in content
        assert SECRET not in content


@pytest.mark.parametrize(
    ("status", "person", "words"),
    [
        (CaseStatus.RECORDED, "chair", "Screen the case"),
        (CaseStatus.RECORDED, "member", ""),
        (CaseStatus.ACCEPTED, "business_manager", "Open the rapid review"),
        (CaseStatus.ACCEPTED, "scrutineer", ""),
        (CaseStatus.NOT_MET, "chair", ""),
    ],
)
def test_the_button_before_a_review(cast, sign_in, status, person, words):
    case = referral_at(status)
    assert button(sign_in(getattr(cast, person)).get(page_of(case.reference))) == words


@pytest.mark.parametrize(
    ("status", "person", "words"),
    [
        (Status.GATHERING, "member", "Work on the rapid review"),
        (Status.GATHERING, "scrutineer", ""),
        (Status.RECOMMENDED, "partner_la", "Decide on the recommendation"),
        (Status.RECOMMENDED, "member", "Work on the rapid review"),
        (Status.DECIDED, "member", "Work on the rapid review"),
        (Status.SENT, "business_manager", "Record what the national Panel says"),
        (Status.SENT, "member", ""),
        (Status.REPLIED, "business_manager", ""),
        (Status.WITHDRAWN, "chair", ""),
    ],
)
def test_the_button_of_a_review(cast, sign_in, status, person, words):
    review = review_opened_on("2026-11-20", status)
    assert button(sign_in(getattr(cast, person)).get(page_of(review.referral.reference))) == words


def test_ready_to_send_is_said_and_offered(cast, sign_in):
    review = review_opened_on("2026-11-20", Status.DECIDED)
    write_sections(review, by=cast.business_manager)
    response = sign_in(cast.business_manager).get(page_of(review.referral.reference))
    assert "Nothing. The rapid review can go to the national Panel." in text(response)
    assert button(response) == "Record that it was sent to the national Panel"


def test_walled_and_outside_there_is_no_such_case(cast, sign_in):
    case = make_referral()
    wall_off(case, cast.walled)
    invite(case, cast.invited)
    expected = {"member": 200, "invited": 200, "walled": 404, "contributor": 404, "outsider": 404}
    found = {name: sign_in(getattr(cast, name)).get(page_of(case.reference)).status_code for name in expected}
    assert found == expected


def test_each_view_is_kept_as_a_read_and_a_refused_one_is_not(cast, sign_in):
    case = make_referral()
    sign_in(cast.member).get(page_of(case.reference))
    sign_in(cast.outsider).get(page_of(case.reference))
    reads = Event.objects.about(case.reference).filter(verb=READ)
    assert [event.actor for event in reads] == [cast.member]


def test_since_you_last_looked_lists_what_others_did(cast, sign_in):
    with time_machine.travel(moment("2026-11-19")):
        review = review_opened_on("2026-11-19", Status.OPENED)
        url = page_of(review.referral.reference)
        assert "Since you last looked" not in text(sign_in(cast.member).get(url)), "the first look"
    with time_machine.travel(moment("2026-11-20")):
        reviews.start_gathering(review=review, by=cast.chair, now=moment("2026-11-20"))
        cases.assign_lead(referral=review.referral, lead=cast.member, by=cast.chair, now=moment("2026-11-20"))
        sign_in(cast.second_member).get(url)
    shown = BeautifulSoup(sign_in(cast.member).get(url).content, "html.parser")
    since = shown.find("h2", string="Since you last looked").find_next("ul").get_text(" ")
    assert since.count("Cora Example") == 2
    assert "Bea Example" not in since, "what was there at the last look"
    assert "read the case" not in since
    assert "19 November 2026 at 10:00" in text(sign_in(cast.member).get(url)), "the look going on does not count"


def test_since_you_last_looked_leaves_out_what_i_did(cast, sign_in):
    with time_machine.travel(moment("2026-11-19")):
        case = make_referral(by=cast.member)
        sign_in(cast.chair).get(page_of(case.reference))
    with time_machine.travel(moment("2026-11-20")):
        cases.assign_lead(referral=case, lead=cast.member, by=cast.chair, now=moment("2026-11-20"))
    assert "Nobody else has changed anything." in text(sign_in(cast.chair).get(page_of(case.reference)))


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        (Precision.EXACT, ", 2 November 2026"),
        (Precision.ABOUT, ", about 2 November 2026"),
        (Precision.MONTH, ", November 2026"),
    ],
)
def test_the_incident_is_dated_as_precisely_as_it_is_known(cast, sign_in, precision, shown):
    case = make_referral(incident={"incident_on": moment("2026-11-02").date(), "incident_precision": precision})
    assert f"Serious harm to a child{shown}" in text(sign_in(cast.member).get(page_of(case.reference)))


def test_a_late_case_says_so_in_words(cast, sign_in):
    review = review_opened_on("2026-10-27")
    assert "5 working days late" in text(sign_in(cast.member).get(page_of(review.referral.reference)))


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.business_manager)
    one = review_opened_on("2026-11-20")
    three = review_opened_on("2026-11-20", children=[{}, {"name": "Robin Invented"}, {"name": "Ash Invented"}])
    wall_off(three.referral, cast.walled)
    wall_off(one.referral, cast.walled)
    assert queries_of(client, page_of(three.referral.reference)) == queries_of(client, page_of(one.referral.reference))
