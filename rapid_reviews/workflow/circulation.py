"""Outside a meeting: the draft goes to every member, each answers for themselves, until all have or time is up."""

from datetime import date, datetime

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from deadlines import calendar
from deadlines.quiet import is_open
from panel.models import Membership, User
from panel.people import holders
from panel.roles import Role
from rapid_reviews import emails, readiness
from rapid_reviews.choices import Answer
from rapid_reviews.circulating import answers_of, asked, deputy_of, standing, to_call_in
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Circulation, CirculationAnswer, RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words


@workflow
def circulate(*, review: RapidReview, due_on: date, late_word: str = "", by: User, now: datetime) -> RapidReview:
    """Send the draft to every member who has no conflict in the case, to be answered by the end of `due_on`.

    A day after the statutory date only the chair may set, in person and with the reason.
    """
    review, done = take(review, "circulate", by=by, now=now, done=Status.CIRCULATED)
    if done:
        return review
    contents = contents_of(review)
    draft = contents.draft
    blockers = readiness.before_recommending(contents)
    if blockers or draft is None:
        raise WorkflowError(f"It cannot be circulated yet because {readiness.sentence(blockers)}.")
    if not draft.by_circulation:
        raise WorkflowError("This draft was made by a meeting. Choose “by circulation” in it to circulate it.")
    today = local_day(now)
    late_word = _check_day(review, due_on, late_word, by=by, today=today)
    seats = asked(review.referral, today)
    if not seats:
        raise WorkflowError("There is nobody to ask: no member without a conflict of interest in this case.")
    circulation = Circulation(recommendation=draft, due_on=due_on, late_word=late_word, opened_by=by, opened_at=now)
    circulation.save()
    rows = [CirculationAnswer(circulation=circulation, membership=seat) for seat in seats]
    for row in rows:
        row.save()
    move(review, Status.CIRCULATED)
    note("circulated", by=by, review=review, number=len(rows), due=due_on.isoformat())
    emails.queue_circulated(review, circulation, rows, by=by, now=now)
    return review


def _check_day(review: RapidReview, due_on: date, late_word: str, *, by: User, today: date) -> str:
    """What is kept of the chair's word: nothing where the statutory date is kept."""
    if due_on < today:
        raise WorkflowError("The day by which the members answer has passed. Choose one that lies ahead.")
    why_not = calendar.current().why_not(due_on)
    if why_not:
        raise WorkflowError(f"The day by which the members answer is no working day ({why_not}).")
    if due_on <= review.clock.due_on:
        return ""
    if by not in holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=today):
        raise WorkflowError("That is after the statutory date. Only the chair may set such a day, with the reason.")
    return words(late_word, "That is after the statutory date: say why the members may answer later.")


@workflow
def answer_circulation(
    *, review: RapidReview, answer: Answer, reasons: str = "", by_link: bool = False, by: User, now: datetime
) -> CirculationAnswer:
    """What `by` answers for themselves. The same again is quiet; another one, or after the end, is refused.

    With the last answer the circulation closes.
    """
    review, _ = take(review, "answer_circulation", by=by, now=now)
    today, answer = local_day(now), Answer(answer)
    row = row_of(review, by)
    if row is None or not row.membership.runs_on(today):
        raise NotPermitted("You are not among the members who are asked. Each answers for themselves.")
    if row.answer:
        return _already(row, answer)
    if row.handed_to is not None:
        raise WorkflowError(f"You have handed your answer to {row.handed_to.user}. Tell them, or the chair.")
    if row.circulation.is_over(today):
        raise WorkflowError("The circulation is over, so no more answers are taken. Tell the chair what you think.")
    if answer == Answer.DISAGREE:
        reasons = words(reasons, "Say why you disagree: it is kept with the recommendation.")
    row.answer, row.reasons, row.answered_at, row.by_link = answer, reasons.strip(), now, by_link
    row.save(update_fields=["answer", "reasons", "answered_at", "by_link"])
    verb = "answered_by_link" if by_link else "answered"
    note(verb, by=by, review=review, answer=answer.label.lower())
    _close_when_all(review, row.circulation, now=now)
    return row


@workflow
def hand_to_deputy(*, review: RapidReview, reason: str, by: User, now: datetime) -> CirculationAnswer:
    """`by` is away: their named deputy answers for them, and is asked by mail. Handed on already: quiet."""
    review, _ = take(review, "answer_circulation", by=by, now=now)
    today = local_day(now)
    row = row_of(review, by)
    if row is None or not row.membership.runs_on(today):
        raise NotPermitted("You are not among the members who are asked. Each answers for themselves.")
    if row.handed_to is not None:
        return row
    if row.answer or row.circulation.is_over(today):
        raise WorkflowError("You have answered already, or the circulation is over: there is nothing to hand on.")
    deputy = deputy_of(row.membership, review.referral, today)
    if deputy is None:
        raise WorkflowError("You have no named deputy who could answer for you. Tell the chair that you are away.")
    if row.circulation.answers.filter(membership__user=deputy.user).exists():
        raise WorkflowError(f"{deputy.user} is asked already, and each person answers once. Tell the chair.")
    row.handed_to, row.handed_at = deputy, now
    row.handed_reason = words(reason, "Say why your deputy answers: the terms of reference make it the exception.")
    row.save(update_fields=["handed_to", "handed_at", "handed_reason"])
    note("answer_handed_on", by=by, review=review, deputy=str(deputy.user))
    _ask(review, row.circulation, deputy, by=by, now=now)
    return row


def _ask(review: RapidReview, circulation: Circulation, seat: Membership, *, by: User | None, now: datetime) -> None:
    row = CirculationAnswer(circulation=circulation, membership=seat)
    row.save()
    emails.queue_circulated(review, circulation, [row], by=by, now=now)


def _call_in_deputies(review: RapidReview, circulation: Circulation, *, now: datetime) -> int:
    """Ask the deputies of those who have a conflict by now; how many."""
    seats = to_call_in(circulation, review.referral, local_day(now))
    for seat in seats:
        note("deputy_asked", by=None, review=review, deputy=str(seat.user), due=circulation.due_on.isoformat())
        _ask(review, circulation, seat, by=None, now=now)
    return len(seats)


def row_of(review: RapidReview, member: User) -> CirculationAnswer | None:
    """What `member` is asked in the circulation that runs, if anything."""
    rows = CirculationAnswer.objects.filter(
        circulation__recommendation__review=review, circulation__recommendation__recorded_at__isnull=True,
        circulation__ended_by__isnull=True, membership__user=member,
    )  # fmt: skip
    related = ("membership__agency", "circulation", "handed_to__user")
    found: CirculationAnswer | None = rows.select_related(*related).first()
    return found


def _already(row: CirculationAnswer, answer: Answer) -> CirculationAnswer:
    if row.answer == answer:
        return row
    raise WorkflowError(
        f"You have answered already: {row.get_answer_display().lower()}. Tell the chair if you think otherwise now."
    )


def _close_when_all(review: RapidReview, circulation: Circulation, *, now: datetime) -> None:
    _call_in_deputies(review, circulation, now=now)
    if not standing(answers_of(circulation), review.referral, local_day(now)).waiting:
        _close(review, circulation, now=now)


def _close(review: RapidReview, circulation: Circulation, *, now: datetime) -> None:
    circulation.closed_at = now
    circulation.save(update_fields=["closed_at"])
    said = standing(answers_of(circulation), review.referral, local_day(now))
    note("circulation_closed", by=None, review=review, said=said.sentence, quorum=said.quorum.sentence)
    emails.queue_circulation_closed(review, circulation, now=now)


@workflow
def end_circulation(*, review: RapidReview, reason: str, by: User, now: datetime) -> RapidReview:
    """Back to the draft without a result: it is changed, or goes to a meeting. The answers given are kept."""
    review, done = take(review, "end_circulation", by=by, now=now, done=Status.DRAFTING)
    if done:
        return review
    circulation = Circulation.objects.select_for_update().get(
        recommendation__review=review, recommendation__recorded_at__isnull=True, ended_by__isnull=True
    )
    circulation.end_reason = words(reason, "Say why the circulation is ended.")
    circulation.ended_by, circulation.closed_at = by, circulation.closed_at or now
    circulation.save(update_fields=["ended_by", "end_reason", "closed_at"])
    move(review, Status.DRAFTING)
    note("circulation_ended", by=by, review=review, text=circulation.end_reason)
    return review


def _running() -> list[Circulation]:
    rows = Circulation.objects.filter(
        closed_at__isnull=True, recommendation__review__status=Status.CIRCULATED
    ).select_related("recommendation__review__referral", "recommendation__review__clock")
    return list(rows.select_for_update(of=("self",), skip_locked=True))


@workflow
def sweep_circulations(*, now: datetime) -> tuple[int, int]:
    """Close what is over, ask deputies who act by now, remind who has not answered; (closed, reminded).

    As often as you like. A deputy is asked when a member turns out to have a conflict while the circulation runs.

    Reminded on the working day before the last one and on the last one, each once, in the hours in which mail may go.
    """
    today, closed, reminded = local_day(now), 0, 0
    for circulation in _running():
        review = circulation.recommendation.review
        if today > circulation.due_on:
            _close(review, circulation, now=now)
            closed += 1
            continue
        _call_in_deputies(review, circulation, now=now)
        if is_open(now) and today in (circulation.due_on, calendar.current().back(circulation.due_on, 1)):
            reminded += _remind(review, circulation, today=today, now=now)
    return closed, reminded


def _remind(review: RapidReview, circulation: Circulation, *, today: date, now: datetime) -> int:
    asked_today = local_day(circulation.opened_at) == today
    waiting = [] if asked_today else standing(answers_of(circulation), review.referral, today).waiting
    rows = [row for row in waiting if row.reminded_on != today]
    for row in rows:
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
    emails.queue_circulation_reminders(review, circulation, rows, now=now)
    return len(rows)
