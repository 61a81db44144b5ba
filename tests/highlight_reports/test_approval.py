from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from highlight_reports import workflow
from highlight_reports.states import Status
from notifications.models import Message
from panel.models import Membership
from panel.roles import Role
from rapid_reviews.states import Status as ReviewStatus
from referrals.states import Status as CaseStatus
from tests.cast import SINCE
from tests.highlight_reports.factories import make_draft, report_at, write
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, referral_at, wall_off

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_the_figures_stand_still_from_the_submission_on(cast):
    report = report_at(Status.SUBMITTED)
    frozen = report.data
    referral_at(CaseStatus.RECORDED)
    report = workflow.approve(report=report, by=cast.chair, now=now())
    assert report.data == frozen
    assert "CSPR-" not in str(report.data)


def test_sent_back_the_figures_live_again(cast):
    report = report_at(Status.SUBMITTED)
    report = workflow.send_back(report=report, reason=" Say more about the risks. ", by=cast.chair, now=now())
    assert (report.status, report.data, report.submitted_by) == (Status.DRAFT, None, None)
    assert (report.sent_back_by, report.sent_back_reason) == (cast.chair, "Say more about the risks.")
    case = referral_at(CaseStatus.RECORDED)
    report = workflow.submit(report=report, by=cast.business_manager, now=now())
    assert case.reference in str(report.data)


def test_sending_back_needs_a_reason(cast):
    report = report_at(Status.SUBMITTED)
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.send_back(report=report, reason="  ", by=cast.chair, now=now())


@pytest.mark.parametrize("who", ["chair", "deputy_chair"])
def test_chair_or_deputy_chair_approves(cast, who):
    report = workflow.approve(report=report_at(Status.SUBMITTED), by=getattr(cast, who), now=now())
    assert (report.status, report.approved_by) == (Status.RENDERING, getattr(cast, who))


@pytest.mark.parametrize("hand", ["assembled", "wrote", "submitted"])
def test_four_eyes_whatever_the_role(cast, hand):
    """A business manager who is deputy chair too may not approve what they had a hand in."""
    both = cast.second_member
    Membership.objects.create(user=both, role=Role.BUSINESS_MANAGER, agency=cast.agencies.council, from_date=SINCE)
    Membership.objects.filter(role=Role.DEPUTY_CHAIR).update(until_date=SINCE)
    Membership.objects.create(
        user=both, role=Role.DEPUTY_CHAIR, agency=cast.agencies.council, from_date=SINCE + timedelta(days=1)
    )
    report = make_draft(by=both if hand == "assembled" else cast.business_manager)
    write(report, by=both if hand == "wrote" else cast.business_manager)
    workflow.submit(report=report, by=both if hand == "submitted" else cast.business_manager, now=now())
    with pytest.raises(NotPermitted, match="hand in this report"):
        workflow.approve(report=report, by=both, now=now())
    assert workflow.approve(report=report, by=cast.chair, now=now()).status == Status.RENDERING


def test_who_may_not_see_all_of_it_may_not_approve_it(cast):
    case = rapid_review_at(ReviewStatus.OPENED).referral
    report = report_at(Status.SUBMITTED)
    wall_off(case, cast.chair)
    with pytest.raises(WorkflowError, match="a case that you may not see") as caught:
        workflow.approve(report=report, by=cast.chair, now=now())
    assert case.reference not in str(caught.value)
    assert workflow.approve(report=report, by=cast.deputy_chair, now=now()).approved_by == cast.deputy_chair


def test_a_name_that_came_on_record_since_stops_the_approval(cast):
    report = make_draft()
    write(report, "Quill is a nice word.")
    workflow.submit(report=report, by=cast.business_manager, now=now())
    referral_at(CaseStatus.RECORDED, children=[{"name": "Zora Quill"}])
    with pytest.raises(WorkflowError, match="holds a name"):
        workflow.approve(report=report, by=cast.chair, now=now())


def test_two_chairs_at_once(cast):
    report = report_at(Status.SUBMITTED)
    workflow.approve(report=report, by=cast.chair, now=now())
    assert workflow.approve(report=report, by=cast.chair, now=now()).approved_by == cast.chair  # a double click
    with pytest.raises(InvalidTransition):
        workflow.approve(report=report, by=cast.deputy_chair, now=now())
    with pytest.raises(InvalidTransition):
        workflow.send_back(report=report, reason="Too late", by=cast.deputy_chair, now=now())


def test_mails_go_to_those_who_are_asked_and_name_nobody(cast):
    rapid_review_at(ReviewStatus.OPENED)
    before = set(Message.objects.values_list("pk", flat=True))
    report = report_at(Status.SUBMITTED)
    workflow.submit(report=report, by=cast.business_manager, now=now())  # a double click
    mails = Message.objects.exclude(pk__in=before)
    assert {mail.recipient for mail in mails} == {cast.chair, cast.deputy_chair}
    workflow.send_back(report=report, reason=f"Say more about {CHILD_NAME}.", by=cast.chair, now=now())
    workflow.submit(report=report, by=cast.business_manager, now=now())
    mails = Message.objects.exclude(pk__in=before)
    assert sorted(mail.recipient.name for mail in mails) == sorted(
        ["Cora Example", "Dara Example", "Bea Example", "Cora Example", "Dara Example"]
    )
    for mail in mails:
        assert mail.subject.startswith("[OFFICIAL-SENSITIVE] SSCP: highlight report")
        assert report.reference in mail.text
        assert f"/highlight-reports/{report.reference}/" in mail.text
        for part in [*CHILD_NAME.split(), "CSPR-2026"]:
            assert part not in mail.subject + mail.text + mail.html


def test_the_way_of_a_report_reads_as_sentences(cast):
    report = report_at(Status.SENT)
    said = [event.sentence for event in reversed(Event.objects.about(report.reference))]
    meeting = f"{report.meeting_on.day} {report.meeting_on:%B %Y}"
    assert said[:4] == [
        f"Bea Example started the report for the Executive meeting of {meeting}.",
        "Bea Example wrote the commentary on “Headline and commentary” (version 1).",
        "Bea Example submitted it for approval.",
        "Cora Example approved it.",
    ]
    assert said[4].startswith("The PDF was made: ")
    assert said[5] == "Bea Example sent it to 3 of the list “Executive Group” (0 left out)."
