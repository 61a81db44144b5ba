"""Home: what needs this person, and nobody else's business."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.guard import workflow
from highlight_reports.states import Status as ReportStatus
from notifications.models import Message
from notifications.states import State
from notifications.workflow import queue
from overview.workflow import note_look
from rapid_reviews.states import Status
from referrals.choices import Kind
from referrals.states import Status as CaseStatus
from tests.highlight_reports.factories import report_at
from tests.notifications.factories import letter, register_kind
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.referrals.factories import CHILD_NAME, SECRET, make_draft, referral_at, wall_off

SINCE = datetime.fromisoformat(NOW) - timedelta(days=3)
HOME = reverse("overview:home")
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def needs(response) -> list[str]:
    found = BeautifulSoup(response.content, "html.parser").select(".app-needs__item")
    return [" ".join(item.get_text(" ").split()) for item in found]


def about(response, reference: str) -> list[str]:
    return [line for line in needs(response) if reference in line]


def test_the_lead_sees_their_clock_with_its_day(cast, sign_in):
    review = review_opened_on("2026-11-05", lead=cast.member)
    mine = about(sign_in(cast.member).get(HOME), review.referral.reference)
    assert any("Work on the rapid review" in line and "Wednesday 25 November 2026" in line for line in mine)
    assert about(sign_in(cast.second_member).get(HOME), review.referral.reference) == []


def test_a_late_clock_asks_chair_and_business_manager_for_the_reason(cast, sign_in):
    review = review_opened_on("2026-10-27", lead=cast.member)
    for person in (cast.chair, cast.deputy_chair, cast.business_manager):
        lines = about(sign_in(person).get(HOME), review.referral.reference)
        assert any("5 working days late" in line and "The reason, and who was told" in line for line in lines), person
    assert any("Late was due" in line for line in about(sign_in(cast.member).get(HOME), review.referral.reference))
    assert about(sign_in(cast.second_member).get(HOME), review.referral.reference) == []


def test_late_comes_before_what_is_due_and_that_before_what_has_no_day(cast, sign_in):
    screening = referral_at(CaseStatus.RECORDED, now=moment("2026-11-20"))
    soon = review_opened_on("2026-11-05")
    late = review_opened_on("2026-10-27")
    lines = needs(sign_in(cast.business_manager).get(HOME))
    order = [next(n for n, line in enumerate(lines) if text in line) for text in (
        late.referral.reference,
        soon.referral.reference,
        f"Screen the case: {screening.reference}",
    )]  # fmt: skip
    assert order == sorted(order)


def test_a_partner_is_asked_to_decide_until_they_have(cast, sign_in):
    review = review_opened_on("2026-11-20", Status.RECOMMENDED)
    assert any("Decide on the recommendation" in line for line in needs(sign_in(cast.partner_la).get(HOME)))
    assert needs(sign_in(cast.member).get(HOME)) == []
    decided = review_opened_on("2026-11-19", Status.DECIDED)
    assert about(sign_in(cast.partner_la).get(HOME), decided.referral.reference) == []
    assert review.referral.reference != decided.referral.reference


def test_drafts_are_their_authors_alone(cast, sign_in):
    make_draft(by=cast.member, kind=Kind.REFERRAL)
    assert any("Finish the" in line for line in needs(sign_in(cast.member).get(HOME)))
    assert needs(sign_in(cast.second_member).get(HOME)) == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CaseStatus.RECORDED, "Screen the case"),
        (CaseStatus.PANEL_CONSIDERATION, "Put the case to the Panel"),
        (CaseStatus.MORE_INFORMATION, "Get the missing information"),
        (CaseStatus.ACCEPTED, "Open the rapid review"),
    ],
)
def test_cases_wait_for_those_who_may_take_the_step(cast, sign_in, status, words):
    case = referral_at(status, now=moment("2026-11-20"))
    assert any(words in line for line in about(sign_in(cast.chair).get(HOME), case.reference))
    assert about(sign_in(cast.member).get(HOME), case.reference) == []
    assert about(sign_in(cast.scrutineer).get(HOME), case.reference) == []


def test_a_report_waits_for_the_chair_and_not_for_its_author(cast, sign_in):
    report = report_at(ReportStatus.SUBMITTED, by=cast.business_manager)
    assert about(sign_in(cast.chair).get(HOME), report.reference)
    assert not any("Approve" in line for line in about(sign_in(cast.business_manager).get(HOME), report.reference))


@workflow
def _fail(message: Message) -> None:
    """What the sender does when the mail server refuses for good."""
    Message.objects.filter(pk=message.pk).update(state=State.FAILED)


def test_failed_mails_are_the_business_managers(cast, sign_in):
    register_kind()
    _fail(queue(letter(), key="one", address="nobody@agency.example"))
    assert any("1 mail failed" in line for line in needs(sign_in(cast.business_manager).get(HOME)))
    assert needs(sign_in(cast.chair).get(HOME)) == []


def test_the_wall_stands_on_the_home_page_too(cast, sign_in):
    late = review_opened_on("2026-10-27")
    wall_off(late.referral, cast.chair)
    assert late.referral.reference not in sign_in(cast.chair).get(HOME).content.decode()
    assert about(sign_in(cast.deputy_chair).get(HOME), late.referral.reference)


def test_no_name_and_no_free_text(cast, sign_in):
    review_opened_on("2026-10-27")
    make_draft(by=cast.business_manager)
    content = sign_in(cast.business_manager).get(HOME).content.decode()
    assert CHILD_NAME not in content
    assert SECRET not in content


def test_nothing_to_do_is_said_kindly_with_the_next_step(cast, sign_in):
    content = sign_in(cast.member).get(HOME).content.decode()
    assert "Nothing needs you today" in content
    assert reverse("overview:board") in content
    outsider = sign_in(cast.outsider).get(HOME).content.decode()
    assert "not yet part of the Panel" in outsider
    assert reverse("overview:board") not in outsider


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.business_manager)

    def one_of_each(day: str) -> None:
        referral_at(CaseStatus.RECORDED, now=moment(day))
        referral_at(CaseStatus.ACCEPTED, now=moment(day))
        review_opened_on(day)
        make_draft(by=cast.business_manager, now=moment(day))

    note_look(person=cast.business_manager, now=SINCE)
    one_of_each("2026-11-20")
    one = queries_of(client, HOME)
    one_of_each("2026-11-19")
    one_of_each("2026-10-27")
    assert queries_of(client, HOME) == one


def changes(client) -> list[str]:
    since = client.get(HOME).context["since"]
    return [f"{one.reference} {one.number}" for one in since.changed] if since else []


def test_since_you_last_looked_counts_what_others_changed(cast, sign_in, time_machine):
    assert sign_in(cast.member).get(HOME).context["since"] is None, "nothing to compare with at the first look"
    time_machine.move_to(datetime.fromisoformat(NOW) + timedelta(hours=1))
    client = sign_in(cast.member)  # the first session is over by now
    case = referral_at(CaseStatus.RECORDED, by=cast.member)
    assert not any(case.reference in line for line in changes(client)), "one’s own changes are no news"
    other = referral_at(CaseStatus.RECORDED, by=cast.business_manager)
    time_machine.move_to(datetime.fromisoformat(NOW) + timedelta(hours=1, minutes=10))
    assert [line.split()[0] for line in changes(client)] == [other.reference]
    page = client.get(HOME).content.decode()
    assert f'href="{other.get_absolute_url()}"' in page
    time_machine.move_to(datetime.fromisoformat(NOW) + timedelta(hours=3))
    client = sign_in(cast.member)
    assert changes(client) == []
    assert "Nobody else has changed anything that you may see" in client.get(HOME).content.decode()


def test_reading_is_no_change_and_the_wall_hides_its_count(cast, sign_in):
    for person in (cast.walled, cast.member, cast.partner_la):
        note_look(person=person, now=SINCE)
    case = referral_at(CaseStatus.RECORDED)
    wall_off(case, cast.walled)
    (before,) = changes(sign_in(cast.member))
    assert case.reference in before
    sign_in(cast.chair).get(case.get_absolute_url())
    assert changes(sign_in(cast.member)) == [before]
    assert changes(sign_in(cast.walled)) == []
    page = sign_in(cast.partner_la).get(HOME).content.decode()
    assert case.reference in page
    assert CHILD_NAME not in page


def test_changes_stand_in_the_order_of_the_law_and_the_rest_is_counted(cast, sign_in):
    note_look(person=cast.member, now=SINCE)
    plain = referral_at(CaseStatus.RECORDED, kind=Kind.REFERRAL)
    later = review_opened_on("2026-11-20")
    sooner = review_opened_on("2026-11-05")
    led = review_opened_on("2026-11-23", lead=cast.member)
    found = [line.split()[0] for line in changes(sign_in(cast.member))]
    assert found == [one.referral.reference for one in (led, sooner, later)] + [plain.reference]
    for _ in range(8):
        referral_at(CaseStatus.RECORDED, kind=Kind.REFERRAL)
    assert "And changes in 2 more" in sign_in(cast.member).get(HOME).content.decode()
