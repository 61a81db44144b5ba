"""Publishing, taking down, and deciding not to publish."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from deadlines import workflow as clocks
from panel.models import User
from panel.permissions import Permission
from publications import emails, gate, plan
from publications.choices import Authority, Place, StepKind
from publications.disclosure import gate as disclosure
from publications.models import AuthorityComment, Publication, PublicPage, WatchedAddress, Withholding
from publications.states import Status
from publications.workflow.base import local_day, lock, move, note, take, words, write
from publications.workflow.planning import check_day, start_copy_clock
from publications.workflow.publish_clock import stop_publish_clock

UNPUBLISHED: dict[str, Any] = {
    "published_on": None, "published_by": None, "published_at": None, "published_fingerprint": "",
    "taken_down_on": None, "taken_down_by": None, "taken_down_reason": "",
}  # fmt: skip


class NotReadyError(WorkflowError):
    """Publishing was refused; `sentences` says each reason."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@workflow
def publish(
    *, publication: Publication, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> Publication:  # fmt: skip
    """The report goes out today. The six-month clock stops, the year of availability begins. Published already: quiet.

    Raises NotReadyError with a sentence for each thing that is missing; WorkflowError where the six months have passed
    and no reason says why.
    """
    publication = take(publication, Permission.PUBLISH, by=by, now=now)
    if publication.status == Status.PUBLISHED:
        return publication
    today, calendar = local_day(now), stored.hold()
    if publication.is_planned:
        missing = gate.reasons(publication, on=today, calendar=calendar)
        if missing:
            raise NotReadyError(missing)
    move(
        publication, "publish", published_on=today, published_by=by, published_at=now,
        published_fingerprint=publication.fingerprint,
    )  # fmt: skip
    stop_publish_clock(publication, on=today, by=by, now=now, late_reason=late_reason, told=told)
    _begin_the_year(publication, by=by, now=now)
    _settle_go_live(publication, by=by, now=now)
    _watch(publication, now)
    note("published", by=by, publication=publication, on=today.isoformat(), sha256=publication.published_fingerprint)
    emails.queue_published(publication, now=now)
    return publication


def _begin_the_year(publication: Publication, *, by: User, now: datetime) -> None:
    if publication.is_statutory and publication.published_on is not None:
        clock = clocks.start_clock(
            code=plan.AVAILABLE_RULE, trigger_on=publication.published_on, label=publication.case_reference, by=by,
            now=now,
        )  # fmt: skip
        write(publication, available_clock=clock)


def _settle_go_live(publication: Publication, *, by: User, now: datetime) -> None:
    publication.steps.filter(kind=StepKind.GO_LIVE).update(done_on=publication.published_on, done_by=by, done_at=now)
    if publication.available_clock is not None:
        until = publication.available_clock.due_on
        publication.steps.filter(kind=StepKind.AVAILABLE).update(due_on=until)


def _watch(publication: Publication, now: datetime) -> None:
    """The addresses that are looked at from now on: those at which the report is said to be."""
    places = {}
    if PublicPage.current().is_on:
        places[Place.OWN] = settings.SITE_URL + publication.public_path
    if publication.external_address:
        places[Place.EXTERNAL] = publication.external_address
    publication.addresses.exclude(place__in=places).delete()
    for place, address in places.items():
        fresh = {"address": address, "wanted_at": now, "checked_at": None, "answer": "", "failures": 0}
        WatchedAddress.objects.update_or_create(
            publication=publication, place=place, defaults=fresh | {"broken_since": None}
        )


@workflow
def take_down(*, publication: Publication, reason: str, by: User, now: datetime) -> Publication:
    """The report is no longer shown; its address answers "gone". Taken down already: quiet.

    Working Together asks for at least a year: before that the reason stands in the clock's own record too.
    """
    publication = take(publication, Permission.PUBLISH, by=by, now=now)
    if publication.status == Status.TAKEN_DOWN:
        return publication
    today = local_day(now)
    reason = words(reason, "Say why the report is taken down.")
    move(publication, "take_down", taken_down_on=today, taken_down_by=by, taken_down_reason=reason)
    _end_the_year(publication, today, reason, by=by, now=now)
    publication.addresses.all().delete()
    note("taken_down", by=by, publication=publication, text=reason)
    emails.queue_taken_down(publication, now=now)
    return publication


def _end_the_year(publication: Publication, today: date, reason: str, *, by: User, now: datetime) -> None:
    clock = publication.available_clock
    if clock is None or not clock.is_running:
        return
    if today >= clock.due_on:
        clocks.complete_clock(clock=clock, on=today, by=by, now=now)
        publication.steps.filter(kind=StepKind.AVAILABLE).update(done_on=today, done_by=by, done_at=now)
    else:
        clocks.withdraw_clock(clock=clock, on=today, by=by, now=now, reason=f"Taken down early: {reason}")


@workflow
def withhold(
    *, publication: Publication, justification: str, improvements: str, by: User, now: datetime
) -> Publication:  # fmt: skip
    """Decide not to publish: why, and which information on improvements is published instead. Done already: quiet."""
    publication = take(publication, Permission.PUBLISH, by=by, now=now)
    if publication.status == Status.WITHHELD:
        return publication
    why = words(justification, "Say why the report is not published.")
    instead = words(improvements, "Write the information on improvements that is published instead.")
    move(publication, "withhold")
    if not publication.title or not publication.slug:
        raise WorkflowError("Enter the public title and address first: the information on improvements appears there.")
    told = disclosure.instead_tells(publication, instead)
    if told:
        raise WorkflowError(f"What the public would read tells who the people are: {', '.join(told)}. Write it anew.")
    Withholding.objects.create(
        publication=publication, justification=why, improvements=instead, decided_by=by, decided_on=local_day(now)
    )
    clock = publication.copy_clock
    if clock is not None and clock.is_running:
        clocks.withdraw_clock(clock=clock, on=local_day(now), by=by, now=now, reason="Decided not to publish.")
    note("withheld", by=by, publication=publication, text=why)
    emails.queue_withheld(publication, now=now)
    return publication


@workflow
def plan_again(*, publication: Publication, planned_on: date, by: User, now: datetime) -> Publication:
    """Publish after all, or again after it was taken down: a new day and a new round; everything is asked for anew.

    That holds for copies and agreements too: what is published now need not be what was seen then. Already: quiet.
    """
    publication = take(publication, Permission.PUBLISH, by=by, now=now)
    if publication.is_planned:
        return publication
    calendar = stored.hold()
    check_day(planned_on, calendar, now)
    move(publication, "plan_again", planned_on=planned_on, round=publication.round + 1, **UNPUBLISHED)
    publication.withholdings.filter(ended_on__isnull=True).update(ended_on=local_day(now))
    _reopen_steps(publication)
    start_copy_clock(publication, by, now)
    for line in plan.lines(publication.steps.all(), planned_on, calendar, today=local_day(now)):
        write(line.step, due_on=line.due)
    note("planned_again", by=by, publication=publication, on=planned_on.isoformat())
    return publication


def _reopen_steps(publication: Publication) -> None:
    publication.steps.filter(not_needed_reason="").update(done_on=None, done_by=None, done_at=None, note="")
    publication.day_items.update(ticked_by=None, ticked_at=None)


@workflow
def record_told(
    *, publication: Publication, authority: Authority, told_on: date, by: User, now: datetime
) -> Withholding:
    """The national Panel or the Secretary of State was told of the decision not to publish. The same again: quiet."""
    publication = take(publication, Permission.PREPARE_PUBLICATION, by=by, now=now)
    running: Withholding | None = publication.withholdings.filter(ended_on__isnull=True).first()
    if running is None:
        raise WorkflowError("There is no decision not to publish.")
    if not running.decided_on <= told_on <= local_day(now):
        raise WorkflowError("Give a day from the decision up to today.")
    field = "panel_told_on" if authority == Authority.NATIONAL_PANEL else "secretary_told_on"
    if getattr(running, field) != told_on:
        write(running, **{field: told_on})
        note("told", by=by, publication=publication, who=Authority(authority).label, on=told_on.isoformat())
    return running


@workflow
def record_comment(
    *, publication: Publication, authority: Authority, received_on: date, text: str, response: str, by: User,
    now: datetime,
) -> AuthorityComment:  # fmt: skip
    """What the national Panel or the Secretary of State said about publishing. The same again: quiet."""
    publication = take(publication, Permission.PREPARE_PUBLICATION, by=by, now=now)
    if received_on > local_day(now):
        raise WorkflowError("That day lies ahead: give the day on which the comment came.")
    facts = {"authority": authority, "received_on": received_on, "text": words(text, "Write what they said."),
             "response": response.strip()}  # fmt: skip
    there = publication.comments.filter(**facts).first()
    if there is not None:
        return there
    made: AuthorityComment = AuthorityComment.objects.create(
        publication=publication, recorded_by=by, recorded_at=now, **facts
    )
    note("commented", by=by, publication=publication, who=made.get_authority_display())
    return made


def lock_published(publication: Publication) -> Publication | None:
    """The locked publication, if it is still out."""
    row = lock(publication)
    return row if row.status == Status.PUBLISHED else None
