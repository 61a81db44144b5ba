"""The Panel's recommendation: drafted, recorded, and reopened where the partners differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.choices import MeetingStatus
from panel.meetings import hold_meeting
from panel.models import Agency, Membership, PanelMeeting, User
from panel.people import holders
from panel.roles import Role
from rapid_reviews import emails, readiness
from rapid_reviews.choices import Answer, Outcome
from rapid_reviews.circulating import answers_of
from rapid_reviews.contents import contents_of
from rapid_reviews.models import (
    AskedAgency,
    Attendance,
    Audience,
    Dissent,
    KeyLineOfEnquiry,
    RapidReview,
    Recommendation,
    RecommendedAudience,
)
from rapid_reviews.quorum import Quorum, quorum_of_partners, represented_by
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from rapid_reviews.workflow.milestones import MEETING, reach


@dataclass(frozen=True)
class Particulars:
    """What a review should ask, of whom, for whom; and which member thought otherwise."""

    enquiries: Sequence[tuple[str, str]] = ()  # (question, why), in order
    audiences: Sequence[Audience] = ()
    other_audiences: str = ""
    asked: Sequence[Agency] = ()
    dissents: Sequence[tuple[Membership, str]] = ()


@workflow
def draft_recommendation(
    *,
    review: RapidReview,
    outcome: Outcome,
    reason: str,
    met_on: date,
    present: Sequence[Membership],
    by_circulation: bool = False,
    particulars: Particulars = Particulars(),
    chair_ruling: str = "",
    ruled_by: User | None = None,
    by: User,
    now: datetime,
) -> Recommendation:
    """Keep the recommendation as it is typed, with who was present. There is one draft; saving again replaces it.

    Outside a meeting (`by_circulation`) nobody is present: the members answer, each for themselves.
    """
    review, _ = take(review, "draft_recommendation", by=by, now=now)
    if met_on > local_day(now):
        raise WorkflowError("The Panel cannot have met on a day that has not come yet.")
    if bool(chair_ruling.strip()) != (ruled_by is not None):
        raise WorkflowError("A ruling needs its reason and the name of the chair or deputy chair who made it.")
    draft = review.recommendations.drafts().first() or Recommendation(
        review=review, number=review.recommendations.count() + 1
    )
    draft.outcome, draft.met_on, draft.by_circulation = outcome, met_on, by_circulation
    draft.meeting = None if by_circulation else PanelMeeting.objects.of_panel().on_day(met_on).first()
    draft.reason = words(reason, "Give the reason for the recommendation.")
    draft.other_audiences = particulars.other_audiences.strip()
    draft.chair_ruling, draft.ruled_by = chair_ruling.strip(), ruled_by
    draft.drafted_by, draft.drafted_at = by, now
    draft.save()
    write_attendance(draft, [] if by_circulation else present)
    _write_particulars(draft, particulars)
    return draft


def walls_of(recommendation: Recommendation, on: date) -> set[int]:
    """The ids of the people with a conflict of interest in the case on the day `on`."""
    return {c.member_id for c in recommendation.review.referral.conflicts.all() if c.runs_on(on)}


def write_attendance(draft: Recommendation, present: Sequence[Membership]) -> None:
    """Who was there, as what on the day of the meeting, and whom a conflict kept from counting."""
    walls = walls_of(draft, draft.met_on)
    draft.attendances.all().delete()
    seats = list({seat.pk: seat for seat in present}.values())
    for seat, represents in zip(seats, represented_by(seats, walls), strict=True):
        if not seat.runs_on(draft.met_on):
            raise WorkflowError(f"{seat.user} was not {seat.get_role_display().lower()} on the day of the meeting.")
        is_conflicted = seat.user_id in walls
        Attendance(recommendation=draft, membership=seat, represents=represents, is_conflicted=is_conflicted).save()


def _write_particulars(draft: Recommendation, particulars: Particulars) -> None:
    for rows in (draft.enquiries, draft.audiences, draft.asked_agencies, draft.dissents):
        rows.all().delete()
    for number, (question, why) in enumerate(particulars.enquiries, start=1):
        question = words(question, "A key line of enquiry needs its question.")
        why = words(why, "Say why each key line of enquiry is asked.")
        KeyLineOfEnquiry(recommendation=draft, number=number, question=question, why=why).save()
    for audience in dict.fromkeys(particulars.audiences):
        RecommendedAudience(recommendation=draft, audience=audience).save()
    for agency in dict.fromkeys(particulars.asked if draft.outcome == Outcome.SINGLE_AGENCY else ()):
        AskedAgency(recommendation=draft, agency=agency).save()
    there = {attendance.membership_id for attendance in draft.attendances.all()}
    for seat, text in particulars.dissents:
        if seat.pk not in there:
            raise WorkflowError(f"{seat.user} is not among those present, so their dissent cannot be recorded.")
        write_dissent(draft, seat, words(text, "Say what the member holds against the recommendation."))


def write_dissent(recommendation: Recommendation, seat: Membership, text: str) -> None:
    Dissent(recommendation=recommendation, membership=seat, text=text).save()


def quorum_of(recommendation: Recommendation) -> Quorum:
    """The quorum of the meeting that made this recommendation."""
    return quorum_of_partners({attendance.represents for attendance in recommendation.attendances.all()})


@workflow
def record_recommendation(
    *, review: RapidReview, chair_ruling: str = "", ruled_by: User | None = None, by: User, now: datetime
) -> RapidReview:
    """The draft becomes the Panel's recommendation and goes to the three partners.

    Refused while a criterion has no finding or a circulation is not over; not quorate, it needs the chair's ruling,
    which may be given with the draft or here.
    """
    review, done = take(review, "record_recommendation", by=by, now=now, done=Status.RECOMMENDED)
    if done:
        return review
    contents = contents_of(review)
    draft = contents.draft
    blockers = readiness.before_recommending(contents)
    if blockers or draft is None:
        raise WorkflowError(f"It cannot be recommended yet because {readiness.sentence(blockers)}.")
    close_round(draft, review, now=now)
    if chair_ruling.strip() and ruled_by is not None:
        draft.chair_ruling, draft.ruled_by = chair_ruling.strip(), ruled_by
    quorate = quorum_of(draft)
    _check_ruling(draft, quorate)
    draft.is_quorate, draft.recorded_by, draft.recorded_at = quorate.is_met, by, now
    draft.save(update_fields=["is_quorate", "recorded_by", "recorded_at", "met_on", "chair_ruling", "ruled_by"])
    if draft.meeting is not None and draft.meeting.status == MeetingStatus.PLANNED:
        hold_meeting(meeting=draft.meeting, by=by, now=now)
    move(review, Status.RECOMMENDED)
    reach(review, MEETING, on=draft.met_on, by=by, now=now)
    note("recommended", by=by, review=review, outcome=draft.get_outcome_display(), quorum=quorate.sentence)
    emails.queue_decision_wanted(review, draft, by=by, now=now)
    return review


def close_round(draft: Recommendation, review: RapidReview, *, now: datetime) -> None:
    """A circulated draft takes its answers as attendance and dissent; a draft for circulation that was not, nothing."""
    if not draft.by_circulation:
        return
    circulation = draft.circulations.filter(ended_by__isnull=True).first()
    if review.status != Status.CIRCULATED or circulation is None:
        raise WorkflowError("It was to be recommended by circulation. Circulate it first, or enter the meeting.")
    if not circulation.is_over(local_day(now)):
        day = f"{circulation.due_on:%A} {circulation.due_on.day} {circulation.due_on:%B}"
        raise WorkflowError(f"The circulation goes on until {day}, or until everybody has answered.")
    if circulation.closed_at is None:
        circulation.closed_at = now
        circulation.save(update_fields=["closed_at"])
    draft.met_on = min(circulation.due_on, local_day(circulation.closed_at))
    answered = [row for row in answers_of(circulation) if row.answer]
    write_attendance(draft, [row.membership for row in answered if row.membership.runs_on(draft.met_on)])
    walls = walls_of(draft, draft.met_on)
    for row in answered:
        if row.answer == Answer.DISAGREE and row.membership.user_id not in walls:
            write_dissent(draft, row.membership, row.reasons)


def _check_ruling(draft: Recommendation, quorate: Quorum) -> None:
    if quorate.is_met:
        return
    if not draft.chair_ruling or draft.ruled_by is None:
        raise WorkflowError(f"{quorate.sentence} The chair’s ruling, with its reason, is needed.")
    chairs = holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=draft.met_on)
    walls = walls_of(draft, draft.met_on)
    if draft.ruled_by_id in walls or draft.ruled_by not in chairs:
        raise WorkflowError("Only the chair or the deputy chair, without a conflict in this case, may rule.")


@workflow
def reopen_recommendation(*, review: RapidReview, reason: str, by: User, now: datetime) -> RapidReview:
    """Back to the Panel: the recommendation and the decisions on it are kept, a new one is drafted from it."""
    review, done = take(review, "reopen_recommendation", by=by, now=now, done=Status.DRAFTING)
    if done:
        return review
    standing = review.recommendations.standing().get()
    standing.reopen_reason = words(reason, "Say why the recommendation is reopened.")
    standing.reopened_by, standing.reopened_at = by, now
    standing.save(update_fields=["reopen_reason", "reopened_by", "reopened_at"])
    move(review, Status.DRAFTING, partners_differ_since=None)
    note("recommendation_reopened", by=by, review=review, text=standing.reopen_reason)
    return review
