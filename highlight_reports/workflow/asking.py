"""What the Executive is asked, what they answer, and the reminder to those who have not."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from access_links import workflow as access
from audit.workflow import record
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from deadlines.calendar import current
from deadlines.quiet import send_at
from deadlines.working_days import CalendarDoesNotReach
from highlight_reports import emails
from highlight_reports.choices import Answer as Choice
from highlight_reports.links import url_for
from highlight_reports.models import Answer, Ask, Asked, HighlightReport, ReportPractice
from highlight_reports.permissions import check_verb
from highlight_reports.reading import may_read_ask
from highlight_reports.recipients import walled
from highlight_reports.states import Status
from highlight_reports.workflow.drafting import check_nameless
from highlight_reports.workflow.locking import locked
from notifications.workflow import queue
from panel.models import User

MOST = 20  # asks of one report: more is no agenda


@workflow
def add_ask(*, report: HighlightReport, text: str, by: User, now: datetime) -> Ask:
    """Ask the Executive for one decision. The same words again: the ask that there is."""
    report = locked(report)
    check_verb(report, "add_ask", by)
    text = " ".join(text.split())
    if not text:
        raise WorkflowError("Say what the Executive is asked to decide.")
    check_nameless("What the Executive is asked", text)
    there: Ask | None = report.asks.filter(text=text).first()
    if there is not None:
        return there
    if report.asks.count() >= MOST:
        raise WorkflowError(f"A report asks for at most {MOST} decisions. Put some of them together.")
    ask: Ask = Ask.objects.create(report=report, text=text, created_by=by, created_at=now)
    record("report.ask-added", by=by, obj=report, reference=report.reference)
    return ask


@workflow
def drop_ask(*, report: HighlightReport, pk: int, by: User, now: datetime) -> None:
    """Take it out of the draft; its history stays. Gone already: quiet."""
    report = locked(report)
    check_verb(report, "drop_ask", by)
    ask = report.asks.filter(pk=pk).first()
    if ask is None:
        return
    if not may_read_ask(by, ask):
        raise NotPermitted("Somebody else wrote this, and it may speak of a case that you may not see.")
    ask.delete()
    record("report.ask-dropped", by=by, obj=report, reference=report.reference)


@workflow
def answer(*, asked: Asked, answers: Mapping[int, tuple[str, str]], by: User | None, now: datetime) -> int:
    """Keep what one person answers: {pk of the ask: (answer, comment)}. Returns how many are new or changed.

    `by` is None behind a link: its code has shown who it is. The same again is quiet; a change until the day of the
    meeting replaces, and the history keeps both.
    """
    report = locked(asked.report)
    check_may_answer(report, asked, now)
    there = {one.ask_id: one for one in asked.answers.select_for_update()}
    changed = 0
    for ask in report.asks.filter(pk__in=answers):
        choice, comment = answers[ask.pk]
        changed += _keep(there.get(ask.pk), ask, asked, Choice(choice), comment.strip(), now)
    if changed:
        record("report.answered", by=by, obj=report, reference=report.reference, who=asked.name, number=changed)
    return changed


def check_may_answer(report: HighlightReport, asked: Asked, now: datetime) -> None:
    if report.status != Status.SENT:
        raise WorkflowError("This report was withdrawn, so nothing is asked any more. A correction will follow.")
    if report.meeting_on < timezone.localdate(now):
        raise WorkflowError("The Executive has met. What it decides is in its minutes now.")
    if walled(asked.address, asked.user_id, report.frozen, on=timezone.localdate(now)):
        raise NotPermitted("You cannot answer for this report.")


def _keep(there: Answer | None, ask: Ask, asked: Asked, choice: Choice, comment: str, now: datetime) -> bool:
    if choice != Choice.APPROVE and not comment:
        raise WorkflowError("Say why you decline, or what there is to discuss.")
    if there is not None and (there.answer, there.comment) == (choice, comment):
        return False
    row = there or Answer(ask=ask, asked=asked)
    row.answer, row.comment, row.answered_at = choice, comment, now
    row.save()
    return True


@workflow
def chase_answers(*, now: datetime) -> int:
    """Remind, once, whoever has left something unanswered shortly before the meeting; returns how many.

    Run by beat, as often as you like: `reminded_at` is written with the mail, under the row's lock.
    """
    today, days = timezone.localdate(now), ReportPractice.current().remind_days
    reports = HighlightReport.objects.filter(status=Status.SENT, meeting_on__gte=today)
    due = [report for report in reports if _is_near(report, days, now)]
    waiting = [one.pk for one in Asked.objects.unanswered().filter(report__in=due, reminded_at__isnull=True)]
    held = Asked.objects.select_for_update(skip_locked=True, of=("self",)).select_related("report")
    return sum(_remind(asked, now) for asked in held.filter(pk__in=waiting, reminded_at__isnull=True))


def _remind(asked: Asked, now: datetime) -> bool:
    report = asked.report
    if walled(asked.address, asked.user_id, report.frozen, on=timezone.localdate(now)):
        return False
    letter = emails.answer_reminder(report, url_for(asked, by=None, now=now))
    queue(letter, key=f"report-answer-reminder:{asked.pk}", address=asked.address, not_before=send_at(now))
    asked.reminded_at = now
    asked.save(update_fields=["reminded_at"])
    record("report.answer-chased", by=None, obj=report, reference=report.reference, who=asked.name)
    return True


def _is_near(report: HighlightReport, days: int, now: datetime) -> bool:
    try:
        return current().back(report.meeting_on, days) <= timezone.localdate(now)
    except CalendarDoesNotReach:
        return False


def close_links(report: HighlightReport, *, by: User, now: datetime) -> None:
    for asked in report.asked.all():
        access.close_all(subject=asked.subject, by=by, now=now)
