"""A withdrawn report stays as it was; a numbered correction takes its place."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from core import attention, needs
from core.errors import WorkflowError
from core.guard import workflow as guarded
from highlight_reports import workflow
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from notifications.models import Message
from notifications.workflow import deliver
from rapid_reviews.states import Status as ReviewStatus
from tests.highlight_reports.factories import COMMENTARY, make_list, report_at
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, wall_off

pytestmark = pytest.mark.django_db
REASON = "The number of late actions was wrong."


def url(name, report):
    return reverse(f"highlight_reports:{name}", args=[report.reference])


def withdraw(report, cast, reason=REASON):
    return workflow.withdraw(report=report, reason=reason, by=cast.business_manager, now=timezone.now())


def correct(report, cast):
    return workflow.correct(report=report, by=cast.business_manager, now=timezone.now())


def approved(report, cast):
    workflow.submit(report=report, by=cast.business_manager, now=timezone.now())
    workflow.approve(report=report, by=cast.chair, now=timezone.now())
    workflow.render(pk=report.pk, now=timezone.now())
    return HighlightReport.objects.get(pk=report.pk)


def test_from_page_to_page(cast, sign_in):
    case = rapid_review_at(ReviewStatus.RECOMMENDED).referral
    report = report_at(Status.SENT, asks=["Agree to the plan."])
    content, data = bytes(report.pdf.content), report.data
    manager, reader = sign_in(cast.business_manager), sign_in(cast.member)
    assert reader.get(url("report-withdraw", report)).status_code == 404
    page = manager.post(url("report-withdraw", report), {"reason": f"{CHILD_NAME} was missing."}).content.decode()
    assert "The reason holds a name or a date of birth" in page
    page = manager.post(url("report-withdraw", report), {"reason": REASON}, follow=True).content.decode()
    assert "do not use this version" in page
    assert REASON in page
    report.refresh_from_db()
    assert (report.status, report.data, bytes(report.pdf.content)) == (Status.WITHDRAWN, data, content)

    page = reader.get(url("report-detail", report)).content.decode()
    assert "do not use this version" in page
    assert case.reference not in page
    assert reader.get(url("report-pdf", report)).status_code == 404
    assert manager.get(url("report-pdf", report)).content == content, "evidence for those who made it"

    page = manager.post(url("report-correct", report), follow=True).content.decode()
    correction = HighlightReport.objects.get(corrects=report)
    assert (correction.reference, correction.version) == (f"{report.reference}-C1", "1.1")
    assert "This is version 1.1. It replaces version 1.0" in page
    assert COMMENTARY in page
    assert [ask.text for ask in correction.asks.all()] == ["Agree to the plan."]
    assert correct(report, cast) == correction, "a double click"

    made = approved(correction, cast)
    assert made.data["replaces"]["reason"] == REASON
    page = reader.get(url("report-detail", report)).content.decode()
    assert url("report-detail", made) in page
    assert REASON in reader.get(url("report-detail", made)).content.decode()
    workflow.send(report=made, distribution_list=make_list(), by=cast.business_manager, now=timezone.now())
    mails = Message.objects.filter(kind="highlight-report-asking", reference=made.reference)
    assert mails.count() == 3
    assert all("correction" in mail.subject and "was withdrawn" in mail.text for mail in mails)


def test_who_got_it_is_told_and_what_waits_is_cancelled(cast):
    report = report_at(Status.SENT)
    first, *waiting = Message.objects.filter(kind="highlight-report").order_by("pk")
    deliver(pk=first.pk, now=timezone.now())
    withdraw(report, cast)
    withdraw(report, cast)  # a double click
    assert {Message.objects.get(pk=one.pk).state for one in waiting} == {"cancelled"}
    [told] = Message.objects.filter(kind="highlight-report-withdrawn")
    assert told.address == first.address
    assert REASON not in told.text


def test_no_reason_no_withdrawal(cast):
    with pytest.raises(WorkflowError, match="Say why"):
        withdraw(report_at(Status.READY), cast, reason=" ")


def test_its_meeting_takes_no_other_report_but_a_correction_and_that_may_be_discarded(cast):
    report = withdraw(report_at(Status.READY), cast)
    with pytest.raises(WorkflowError, match="There already is a report"):
        report_at(Status.DRAFT, meeting_on=report.meeting_on)
    first = correct(report, cast)
    workflow.discard(report=first, by=cast.business_manager, now=timezone.now())
    second = correct(report, cast)
    assert (second.reference, second.version) == (f"{report.reference}-C2", "1.1")
    following = report_at(Status.DRAFT, meeting_on=report.meeting_on.replace(year=report.meeting_on.year + 1))
    assert "-C" not in following.reference
    last = withdraw(approved(second, cast), cast)
    assert correct(last, cast).version == "1.2"


def test_somebody_is_told_that_a_correction_is_missing(cast):
    report = withdraw(report_at(Status.READY), cast)

    def wanted():
        what = [one.what for one in needs.collect(cast.business_manager, timezone.localdate())]
        items = [item.text for group in attention.collect(timezone.now()) for item in group.items]
        return "Correct the highlight report that was withdrawn" in what, any(report.reference in i for i in items)

    assert wanted() == (True, True)
    correct(report, cast)
    assert wanted() == (False, False)


def test_the_reason_is_withheld_with_the_rest(cast, sign_in):
    case = rapid_review_at(ReviewStatus.RECOMMENDED).referral
    report = withdraw(report_at(Status.SENT), cast, reason=f"{case.reference} was counted twice.")
    made = approved(correct(report, cast), cast)
    assert case.reference in sign_in(cast.member).get(url("report-detail", made)).content.decode()
    wall_off(case, cast.member)
    for one in (report, made):
        assert case.reference not in sign_in(cast.member).get(url("report-detail", one)).content.decode()


@guarded
def overwrite(report, **fields):
    HighlightReport.objects.filter(pk=report.pk).update(**fields)


@pytest.mark.parametrize(
    "fields", [{"data": {}}, {"withdrawn_reason": ""}, {"status": Status.SENT}, {"edition": 1}], ids=str
)
def test_the_database_holds_it_fast(cast, fields):
    report = withdraw(report_at(Status.SENT), cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        overwrite(report, **fields)
