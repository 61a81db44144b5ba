"""Planning a publication, moving its day, and following the calendar."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from deadlines import workflow as clocks
from deadlines.working_days import WorkingCalendar
from panel.models import User
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications import emails, permissions, plan
from publications.choices import MoveCause
from publications.models import DayItem, DayTemplate, PlanStep, Publication, PublicationMove, StepTemplate
from publications.states import Status
from publications.workflow.base import local_day, note, prepare, words, write


@workflow
def plan_publication(*, review: PracticeReview, planned_on: date, by: User, now: datetime) -> Publication:
    """Plan the publication of a review for a working day: every step gets its date. Planned for it already: quiet.

    Raises WorkflowError, with a sentence, for a day that has passed or is no working day, CalendarDoesNotReach where
    bank holidays are not known that far.
    """
    permissions.check_plan(by, review, on=local_day(now))
    review = PracticeReview.objects.select_for_update(of=("self",)).select_related("referral").get(pk=review.pk)
    there = Publication.objects.filter(practice_review=review).first()
    if there is not None:
        if (there.planned_on, there.status) == (planned_on, Status.PLANNED):
            return there
        raise WorkflowError("The publication of this review is planned already. Move its date instead.")
    if review.status == ReviewStatus.STOPPED:
        raise WorkflowError("This review was stopped, so there is no report to publish.")
    calendar = stored.hold()
    check_day(planned_on, calendar, now)
    made = Publication(practice_review=review, planned_on=planned_on, planned_by=by, planned_at=now)
    made.save()
    start_copy_clock(made, by, now)
    _add_steps(made, calendar)
    _add_day(made)
    note("planned", by=by, publication=made, on=planned_on.isoformat())
    return made


def check_day(day: date, calendar: WorkingCalendar, now: datetime) -> None:
    if day < local_day(now):
        raise WorkflowError("That day has passed. Choose a day that lies ahead.")
    why = calendar.why_not(day)
    if why:
        raise WorkflowError(f"{plan.spoken(day)} is no working day ({why}). Choose another day.")


def start_copy_clock(publication: Publication, by: User, now: datetime) -> None:
    """Only an LCSPR has the statutory limit. Its label is the case's reference, as for every clock of a case."""
    if publication.is_statutory:
        clock = clocks.start_clock(
            code=plan.COPY_RULE, trigger_on=publication.planned_on, label=publication.case_reference, by=by, now=now
        )
        write(publication, copy_clock=clock)


def _add_steps(publication: Publication, calendar: WorkingCalendar) -> None:
    templates = StepTemplate.objects.filter(is_active=True)
    if not publication.is_statutory:
        templates = templates.filter(only_lcspr=False)
    rules = plan.rules_on(publication.planned_on)
    PlanStep.objects.bulk_create(
        [
            PlanStep(
                publication=publication, kind=each.kind, title=each.title, who=each.who, days=each.days,
                rule_code=each.rule_code, source=each.source, position=each.position,
                due_on=plan.day_of(each, publication.planned_on, calendar, rules),
            )
            for each in templates
        ]
    )  # fmt: skip


def _add_day(publication: Publication) -> None:
    DayItem.objects.bulk_create(
        [
            DayItem(publication=publication, at=each.at, what=each.what, who=each.who)
            for each in DayTemplate.objects.filter(is_active=True)
        ]
    )


@workflow
def move_date(*, publication: Publication, to: date, reason: str, by: User, now: datetime) -> Publication:
    """Move the planned day, and with it every open step; the people concerned are told. There already: quiet."""
    publication = prepare(publication, by=by, now=now)
    if publication.planned_on == to:
        return publication
    reason = words(reason, "Say why the date is moved: the people concerned read it.")
    calendar = stored.hold()
    check_day(to, calendar, now)
    was = publication.planned_on
    write(publication, planned_on=to)
    if publication.copy_clock is not None and publication.copy_clock.is_running:
        clocks.correct_trigger(clock=publication.copy_clock, trigger_on=to, by=by, now=now, reason=reason)
    _refit(publication, calendar, now)
    moved = PublicationMove(
        publication=publication, cause=MoveCause.PERSON, from_on=was, to_on=to, reason=reason, by=by, at=now
    )
    moved.save()
    note("moved", by=by, publication=publication, was=was.isoformat(), on=to.isoformat(), text=reason)
    emails.queue_moved(moved, now=now)
    return publication


def _refit(publication: Publication, calendar: WorkingCalendar, now: datetime) -> bool:
    """Count every step again; whether some date changed. What is done keeps the day on which it was due."""
    lines = plan.lines(publication.steps.all(), publication.planned_on, calendar, today=local_day(now))
    moving = [line for line in lines if line.moves and line.step.is_open]
    for line in moving:
        line.step.due_on = line.due
    PlanStep.objects.bulk_update([line.step for line in moving], ["due_on"])
    return bool(moving)


@workflow
def follow_calendar(calendar: WorkingCalendar, reason: str, by: User | None, now: datetime) -> None:
    """Count every running plan again with the calendar as it now stands (deadlines/followers.py); tell of what moved.

    A planned day that has itself become a bank holiday stays: people choose the new one, and are told that they must.
    """
    planned = Publication.objects.filter(status=Status.PLANNED).select_for_update(of=("self",)).order_by("pk")
    for publication in planned.select_related("practice_review__referral"):
        has_moved = _refit(publication, calendar, now)
        is_closed = bool(plan.why_no_day(publication.planned_on, calendar))
        if not has_moved and not (is_closed and not _told_closed(publication)):
            continue
        day = publication.planned_on
        moved = PublicationMove(
            publication=publication, cause=MoveCause.CALENDAR, from_on=day, to_on=day, reason=reason, by=by, at=now
        )
        moved.save()
        note("counted_again", by=by, publication=publication, on=day.isoformat(), text=reason)
        emails.queue_moved(moved, now=now)


def _told_closed(publication: Publication) -> bool:
    """Whether people were told of the calendar since the date was last chosen: once is enough."""
    last = publication.moves.order_by("-at", "-pk").first()
    return last is not None and last.cause == MoveCause.CALENDAR
