"""A single-agency review: asked of its agency, accepted or declined, its report received, or the request withdrawn."""

from datetime import date, datetime, timedelta
from typing import Any

from agency_returns.actors import Actor
from agency_returns.workflow.asking import check_address
from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from documents.states import Status as DocumentStatus
from documents.uploads import INFECTED
from documents.workflow import store
from panel.models import User
from panel.permissions import Permission
from practice_reviews import permissions
from practice_reviews.choices import AskLevel, Kind
from practice_reviews.documents import REPORT_KIND, report_key
from practice_reviews.emails import asking as emails
from practice_reviews.kinds import KINDS
from practice_reviews.links import asking as links
from practice_reviews.models import AgencyAsk, AskTimes, PracticeReview
from practice_reviews.states import ASKS, AskStatus
from practice_reviews.workflow.base import local_day, lock, not_ahead, note, words, write


def times_on(day: date) -> AskTimes:
    """The edition in force on `day`; WorkflowError where none is."""
    found: AskTimes | None = AskTimes.objects.filter(from_date__lte=day).order_by("-from_date").first()
    if found is None:
        raise WorkflowError("The times for single-agency reviews are missing. Enter them in the administration.")
    return found


@workflow
def ask(
    *, review: PracticeReview, text: str, lead_name: str = "", lead_address: str = "", by: User, now: datetime
) -> AgencyAsk:
    """Ask the agency, by a mail with a link to its safeguarding lead or to whom is named. Asked already: quiet."""
    review = lock(review)
    today = local_day(now)
    permissions.check(by, Permission.MANAGE_PRACTICE_REVIEWS, review, on=today)
    there: AgencyAsk | None = AgencyAsk.objects.filter(review=review).first()
    if there is not None:
        return there
    if not KINDS[Kind(review.kind)].asks_agency or not review.is_running:
        raise WorkflowError("An agency is asked only for a single-agency review that has not ended.")
    row = AgencyAsk(
        review=review, text=words(text, "Say what the agency is asked to review."), asked_by=by, asked_at=now,
        **_lead(review, lead_name, lead_address, today), **_days(today),
    )  # fmt: skip
    row.save()
    _note("asked", row, by=by, due=row.answer_by.isoformat())
    emails.queue_asked(row, by=by, now=now)
    return row


def _lead(review: PracticeReview, name: str, address: str, today: date) -> dict[str, str]:
    """Who is written to: never through a wall."""
    agency: Any = review.agency
    name, address = name.strip() or agency.safeguarding_lead, address.strip() or agency.safeguarding_address
    if not name or not address:
        raise WorkflowError(f"{agency} has no safeguarding lead. Enter a name and a work e-mail address.")
    if review.referral is not None:
        check_address(review.referral, address.lower(), on=today)
    return {"lead_name": name, "lead_address": address.lower()}


def _days(today: date) -> dict[str, date]:
    times = times_on(today)
    return {
        "answer_by": stored.current().forward(today, times.answer_within),
        "report_by": today + timedelta(weeks=times.report_within),
    }


def _take(row: AgencyAsk, verb: str, *, by: User | None, now: datetime) -> AgencyAsk:
    """The locked request. A link has been checked by the door through which its reader came in."""
    review = lock(row.review)
    locked = AgencyAsk.objects.select_for_update(of=("self",)).get(pk=row.pk)
    locked.review = review
    if by is not None:
        permissions.check_ask(by, locked, verb, on=local_day(now))
    return locked


def _note(verb: str, row: AgencyAsk, *, by: User | None, text: str = "", **details: Any) -> None:
    note(f"agency_{verb}", by=by, review=row.review, text=text, agency=str(row.review.agency), **details)


@workflow
def answer(*, ask: AgencyAsk, accept: bool, text: str = "", by: Actor, now: datetime) -> AgencyAsk:
    """The agency accepts the review, or declines it with a reason. The same answer twice is quiet."""
    verb = "accept" if accept else "decline"
    row = _take(ask, verb, by=by.user, now=now)
    wanted = ASKS.find(AskStatus.ASKED, verb)
    if wanted is not None and row.status == wanted.target:
        return row
    target = ASKS.check(row.status, verb).target
    text = text.strip() if accept else words(text, "Say why your agency declines.")
    write(
        row, status=target, answer=text, answered_by=by.user, answered_label=by.label(row.review.agency),
        answered_at=now,
    )  # fmt: skip
    _note("answered", row, by=by.user, who=row.answered_label, answer=row.get_status_display().lower())
    emails.queue_answered(row, now=now)
    return row


@workflow
def ask_again(*, ask: AgencyAsk, text: str, by: User, now: datetime) -> AgencyAsk:
    """After it declined: asked anew, with what has changed; days and escalation begin anew."""
    row = _take(ask, "ask_again", by=by, now=now)
    target = ASKS.check(row.status, "ask_again").target
    write(
        row, status=target, text=words(text, "Say what the agency is asked to review."), round=row.round + 1,
        asked_at=now, asked_by=by, level=AskLevel.AGENCY, answer="", answered_by=None, answered_label="",
        answered_at=None, **_days(local_day(now)),
    )  # fmt: skip
    _note("asked", row, by=by, due=row.answer_by.isoformat())
    emails.queue_asked(row, by=by, now=now)
    return row


@workflow
def readdress(*, ask: AgencyAsk, lead_name: str, lead_address: str, by: User, now: datetime) -> AgencyAsk:
    """Somebody else answers for the agency: they get a link, while the links of who was asked before end."""
    row = _take(ask, "readdress", by=by, now=now)
    ASKS.check(row.status, "readdress")
    lead = _lead(
        row.review, words(lead_name, "Enter a name."), words(lead_address, "Enter an address."), local_day(now)
    )
    if (row.lead_name, row.lead_address) != (lead["lead_name"], lead["lead_address"]):
        links.close(row, by=by, now=now)
        write(row, **lead)
        _note("readdressed", row, by=by)
    emails.queue_asked(row, by=by, now=now)
    return row


@workflow
def receive_report(
    *, ask: AgencyAsk, findings: str, on: date | None = None, file: Any = None, by: User, now: datetime
) -> AgencyAsk:
    """The report is here: when, what it found, and its file. What follows goes on the action log. Received: quiet."""
    row = _take(ask, "receive", by=by, now=now)
    if row.status == AskStatus.RECEIVED:
        return row
    target = ASKS.check(row.status, "receive").target
    day = not_ahead(on or local_day(now), now, "The day on which the report came")
    findings = words(findings, "Say what the report found, without names.")
    if file:
        _keep(row.review, file, by=by, now=now)
    write(row, status=target, received_on=day, received_by=by, findings=findings)
    links.close(row, by=by, now=now)
    _note("reported", row, by=by, on=day.isoformat())
    return row


def _keep(review: PracticeReview, file: Any, *, by: User, now: datetime) -> None:
    """WorkflowError, with a sentence, for a file that is not kept."""
    document = store(
        owner_key=report_key(review), reference=review.case_reference, file=file, kind=REPORT_KIND, by=by, now=now,
        description=f"{review.reference}, report of the agency",
    )  # fmt: skip
    if document.status == DocumentStatus.REFUSED:
        raise WorkflowError(INFECTED)


@workflow
def withdraw_ask(*, ask: AgencyAsk, reason: str, by: User, now: datetime) -> AgencyAsk:
    """The agency need not do it: its links end and the sweep is silent. Withdrawn already: quiet."""
    row = _take(ask, "withdraw", by=by, now=now)
    if row.status == AskStatus.WITHDRAWN:
        return row
    target = ASKS.check(row.status, "withdraw").target
    reason = words(reason, "Say why it is withdrawn.")
    write(row, status=target, withdrawn_by=by, withdrawn_on=local_day(now), withdrawn_reason=reason)
    links.close(row, by=by, now=now)
    _note("withdrawn", row, by=by, text=reason)
    emails.queue_withdrawn(row, now=now)
    return row
