from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import InvalidTransition, WorkflowError
from core.guard import workflow as guarded
from highlight_reports import workflow
from highlight_reports.choices import SectionCode
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from highlight_reports.workflow import CommentaryConflict
from referrals.states import Status as CaseStatus
from tests.highlight_reports.factories import make_draft, report_at, write
from tests.referrals.factories import referral_at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/London"))
DATES = {"meeting_on": date(2026, 12, 3), "period_from": date(2026, 10, 1), "period_to": date(2026, 11, 22)}


def assemble(cast, **over):
    return workflow.assemble(**DATES | {"by": cast.business_manager, "now": NOW} | over)


def test_references_count_by_the_year_of_the_meeting(cast):
    first = assemble(cast)
    second = assemble(cast, meeting_on=date(2026, 12, 17))
    other = assemble(cast, meeting_on=date(2027, 1, 14))
    assert [one.reference for one in (first, second, other)] == ["HR-2026-001", "HR-2026-002", "HR-2027-001"]


def test_a_double_click_starts_one_report(cast):
    assert assemble(cast) == assemble(cast)
    assert HighlightReport.objects.count() == 1


def test_one_report_for_each_meeting(cast):
    report = assemble(cast)
    with pytest.raises(WorkflowError, match="HR-2026-001"):
        assemble(cast, period_to=date(2026, 11, 1))
    workflow.discard(report=report, by=cast.business_manager, now=NOW)
    assert assemble(cast).reference == "HR-2026-002"


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"period_to": date(2026, 9, 30)}, "end before it begins"),
        ({"meeting_on": date(2026, 11, 21)}, "after the meeting"),
    ],
)
def test_dates_that_contradict_each_other(cast, over, says):
    with pytest.raises(WorkflowError, match=says):
        assemble(cast, **over)
    report = assemble(cast)
    with pytest.raises(WorkflowError, match=says):
        workflow.reschedule(report=report, **DATES | over, by=cast.business_manager, now=NOW)


def test_reschedule(cast):
    report = assemble(cast)
    taken = assemble(cast, meeting_on=date(2026, 12, 17))
    with pytest.raises(WorkflowError, match=taken.reference):
        workflow.reschedule(
            report=report, **DATES | {"meeting_on": taken.meeting_on}, by=cast.business_manager, now=NOW
        )
    moved = workflow.reschedule(
        report=report, **DATES | {"meeting_on": date(2026, 12, 4)}, by=cast.business_manager, now=NOW
    )
    assert moved.meeting_on == date(2026, 12, 4)


class TestCommentary:
    def test_every_save_is_a_version(self, cast):
        report = make_draft()
        assert write(report, "One").version == 1
        assert write(report, "Two").version == 2
        versions = report.commentaries.get().events.order_by("pgh_id").values_list("text", "version")
        assert list(versions) == [("One", 1), ("Two", 2)]

    def test_two_tabs_lose_nothing(self, cast):
        report = make_draft()
        write(report, "Start")
        write(report, "From the first tab", version=1)
        with pytest.raises(CommentaryConflict, match="Bea Example saved another text") as caught:
            write(report, "From the second tab", version=1)
        assert caught.value.theirs.text == "From the first tab"
        assert report.commentaries.get().text == "From the first tab"
        assert write(report, "Both", version=2).text == "Both"

    def test_two_first_saves_meet(self, cast):
        report = make_draft()
        write(report, "One", version=0)
        with pytest.raises(CommentaryConflict):
            write(report, "Other", version=0)

    def test_the_same_text_again_is_quiet(self, cast):
        report = make_draft()
        write(report, "One")
        assert write(report, "One \r\n", version=0).version == 1

    def test_may_be_emptied(self, cast):
        report = make_draft()
        write(report, "One")
        assert write(report, "").text == ""

    @pytest.mark.parametrize("text", ["Rowan was harmed.", "the family of rowan invented", "born on 4 May 2018"])
    def test_refuses_a_name_and_says_where_not_who(self, cast, text):
        referral_at(CaseStatus.RECORDED)
        report = make_draft()
        with pytest.raises(WorkflowError) as caught:
            write(report, text, section=SectionCode.RISKS)
        assert "The commentary on “Risks” holds a name or a date of birth" in str(caught.value)
        assert "rowan" not in str(caught.value).lower()
        assert "CSPR-" not in str(caught.value)
        assert not report.commentaries.exists()

    def test_a_name_that_came_later_stops_the_submission(self, cast):
        report = make_draft()
        write(report, "Quill is a nice word.")
        referral_at(CaseStatus.RECORDED, children=[{"name": "Zora Quill"}])
        with pytest.raises(WorkflowError, match="Headline and commentary"):
            workflow.submit(report=report, by=cast.business_manager, now=timezone.now())

    def test_is_closed_once_submitted(self, cast):
        report = report_at(Status.SUBMITTED)
        with pytest.raises(InvalidTransition):
            write(report, "Too late")


def test_nobody_writes_past_the_workflow(cast):
    report = make_draft()
    with pytest.raises(RuntimeError, match="workflow"):
        report.save()
    with pytest.raises(RuntimeError, match="workflow"):
        HighlightReport.objects.update(status=Status.SENT)


@guarded
def force(report, **fields):
    HighlightReport.objects.filter(pk=report.pk).update(**fields)


@pytest.mark.parametrize(
    ("status", "fields", "constraint"),
    [
        (Status.DRAFT, {"period_to": date(2000, 1, 1)}, "period_runs_forward"),
        (Status.DRAFT, {"status": Status.SUBMITTED}, "frozen_when_submitted"),
        (Status.DRAFT, {"data": {}}, "frozen_when_submitted"),
        (Status.DRAFT, {"sent_back_reason": "x"}, "sent_back_when_by_and_why"),
        (Status.SUBMITTED, {"submitted_at": None}, "submitted_when_and_by"),
        (Status.SUBMITTED, {"status": Status.RENDERING}, "approved_when_and_by"),
        (Status.READY, {"status": Status.SENT}, "sent_when_and_by"),
    ],
)
def test_the_database_refuses_nonsense(cast, status, fields, constraint):
    report = report_at(status)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        force(report, **fields)


def test_the_database_knows_four_eyes(cast):
    report = report_at(Status.RENDERING)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        force(report, approved_by=cast.business_manager)


@pytest.mark.parametrize("change", [{"data": {"sections": []}}, {"approved_at": None, "approved_by": None}])
def test_what_was_approved_cannot_be_changed_even_by_sql(cast, change):
    report = report_at(Status.RENDERING)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        force(report, **change)


def test_the_pdf_and_the_report_cannot_be_deleted_by_sql(cast):
    report_at(Status.READY)
    for statement in (
        "DELETE FROM highlight_reports_renderedpdf",
        "UPDATE highlight_reports_renderedpdf SET content = ''",
        "DELETE FROM highlight_reports_highlightreport",
    ):
        with pytest.raises(Exception, match=r"Cannot (update|delete)"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)


def test_a_period_that_has_not_ended_is_not_submitted(cast):
    today = timezone.localdate()
    report = make_draft(period_to=today + timedelta(days=1))
    with pytest.raises(WorkflowError, match="has not ended"):
        workflow.submit(report=report, by=cast.business_manager, now=timezone.now())
