"""The draft that is there before anybody asks for it: ten working days ahead of each Executive meeting."""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from audit.workflow import record
from core.guard import workflow
from deadlines.calendar import current
from deadlines.quiet import send_at
from deadlines.working_days import CalendarDoesNotReach
from highlight_reports import emails
from highlight_reports.executive import meeting_days
from highlight_reports.models import HighlightReport, ReportPractice
from highlight_reports.workflow.drafting import next_reference, one_at_a_time, said
from notifications.workflow import queue
from panel.people import holders
from panel.roles import Role


@workflow
def prepare_drafts(*, now: datetime) -> list[HighlightReport]:
    """Build what is due, and tell the business manager. Run by beat: a missed run builds late, a doubled one nothing.

    A meeting that has a report, or had a draft that somebody discarded, gets none.
    """
    today, practice = timezone.localdate(now), ReportPractice.current()
    days = [day for day in meeting_days(today, _horizon(today, practice)) if _is_due(day, today, practice)]
    if not days:
        return []
    one_at_a_time()
    taken = set(HighlightReport.objects.filter(meeting_on__in=days).values_list("meeting_on", flat=True))
    made = [_prepare(day, practice, now) for day in days if day not in taken]
    return [report for report in made if report is not None]


def _horizon(today: date, practice: ReportPractice) -> date:
    """Far enough for so many working days, whatever holidays lie between."""
    return today + timedelta(days=2 * practice.draft_days + 14)


def _is_due(day: date, today: date, practice: ReportPractice) -> bool:
    try:
        return current().back(day, practice.draft_days) <= today
    except CalendarDoesNotReach:
        return False


def _prepare(day: date, practice: ReportPractice, now: datetime) -> HighlightReport | None:
    last_day = timezone.localdate(now) - timedelta(days=1)
    first_day = _first_day(day, last_day, practice)
    if first_day > last_day:  # the last report reaches up to today: there is nothing to tell yet
        return None
    report: HighlightReport = HighlightReport.objects.create(
        reference=next_reference(day.year), meeting_on=day, period_from=first_day, period_to=last_day, assembled_at=now
    )
    record("report.prepared", by=None, obj=report, reference=report.reference, meeting=said(day))
    for person in holders(Role.BUSINESS_MANAGER, on=timezone.localdate(now)):
        key = f"highlight-report-prepared:{report.reference}:{person.pk}"
        queue(emails.prepared(report), key=key, to=person, not_before=send_at(now))
    return report


def _first_day(day: date, last_day: date, practice: ReportPractice) -> date:
    """The day after the last report's period, so that nothing falls between."""
    before = HighlightReport.objects.kept().filter(meeting_on__lt=day).order_by("-period_to").first()
    if before is not None:
        following: date = before.period_to + timedelta(days=1)
        return following
    return last_day - relativedelta(months=practice.first_period_months) + timedelta(days=1)
