"""The plan of a year, and the review of the terms of reference."""

from collections.abc import Sequence
from datetime import date, datetime, time

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from documents import workflow as documents
from meetings import permissions
from meetings.models import TermsReview
from meetings.terms import OWNER_KEY, REFERENCE
from meetings.workflow.base import local_day, words
from panel.choices import MeetingKind
from panel.meetings import plan_meeting
from panel.models import PanelMeeting, User


@workflow
def plan_year(
    *, days: Sequence[date], at: time, place: str, is_online: bool, kind: MeetingKind, by: User, now: datetime
) -> list[PanelMeeting]:
    """Plan a meeting on each of `days`: all of them or, where one cannot be, none."""
    permissions.check_plan(by, on=local_day(now))
    if not days:
        raise WorkflowError("Choose at least one day.")
    return [
        plan_meeting(on=day, at=at, place=place, is_online=is_online, kind=kind, by=by, now=now) for day in days
    ]  # fmt: skip


@workflow
def record_terms(
    *, reviewed_on: date, next_due_on: date, outcome: str, file: object = None, by: User, now: datetime
) -> TermsReview:
    """The terms of reference were reviewed; the document that holds from now on is kept with it."""
    permissions.check_plan(by, on=local_day(now))
    if reviewed_on > local_day(now):
        raise WorkflowError("The review cannot lie in the future.")
    if next_due_on <= reviewed_on:
        raise WorkflowError("The next review must come after this one.")
    outcome = words(outcome, "Say what came of the review.")
    document = None
    if file is not None:
        document = documents.store(
            owner_key=OWNER_KEY, reference=REFERENCE, file=file, kind="other", description="Terms of reference", by=by,
            now=now,
        )  # fmt: skip
    meeting = PanelMeeting.objects.of_panel().on_day(reviewed_on).first()
    row = TermsReview(
        reviewed_on=reviewed_on, next_due_on=next_due_on, outcome=outcome, document=document, meeting=meeting,
        recorded_by=by, recorded_at=now,
    )  # fmt: skip
    row.save()
    record("meetings.terms_reviewed", by=by, obj=row, due=row.next_due_on.isoformat())
    return row
