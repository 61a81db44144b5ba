"""The Panel's recommendation: drafted, recorded, and reopened where the partners differ."""

from collections.abc import Sequence
from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Membership, User
from panel.people import holders
from panel.roles import Role
from rapid_reviews import emails, readiness
from rapid_reviews.choices import Outcome
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Attendance, RapidReview, Recommendation
from rapid_reviews.quorum import Quorum, quorum_of_partners, represented_by
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from rapid_reviews.workflow.milestones import MEETING, reach


@workflow
def draft_recommendation(
    *,
    review: RapidReview,
    outcome: Outcome,
    reason: str,
    met_on: date,
    present: Sequence[Membership],
    dissent: str = "",
    chair_ruling: str = "",
    ruled_by: User | None = None,
    by: User,
    now: datetime,
) -> Recommendation:
    """Keep the recommendation as it is typed, with who was present. There is one draft; saving again replaces it."""
    review, _ = take(review, "draft_recommendation", by=by, now=now)
    if met_on > local_day(now):
        raise WorkflowError("The Panel cannot have met on a day that has not come yet.")
    if bool(chair_ruling.strip()) != (ruled_by is not None):
        raise WorkflowError("A ruling needs its reason and the name of the chair or deputy chair who made it.")
    draft = review.recommendations.drafts().first() or Recommendation(
        review=review, number=review.recommendations.count() + 1
    )
    draft.outcome, draft.met_on, draft.dissent = outcome, met_on, dissent.strip()
    draft.reason = words(reason, "Give the reason for the recommendation.")
    draft.chair_ruling, draft.ruled_by = chair_ruling.strip(), ruled_by
    draft.drafted_by, draft.drafted_at = by, now
    draft.save()
    _write_attendance(draft, present)
    return draft


def _write_attendance(draft: Recommendation, present: Sequence[Membership]) -> None:
    """Who was there, as what on the day of the meeting, and whom a conflict kept from counting."""
    walls = {c.member_id for c in draft.review.referral.conflicts.all() if c.runs_on(draft.met_on)}
    draft.attendances.all().delete()
    for seat in {seat.pk: seat for seat in present}.values():
        if not seat.runs_on(draft.met_on):
            raise WorkflowError(f"{seat.user} was not {seat.get_role_display().lower()} on the day of the meeting.")
        is_conflicted = seat.user_id in walls
        represents = represented_by(seat, walls)
        Attendance(recommendation=draft, membership=seat, represents=represents, is_conflicted=is_conflicted).save()


def quorum_of(recommendation: Recommendation) -> Quorum:
    """The quorum of the meeting that made this recommendation."""
    return quorum_of_partners({attendance.represents for attendance in recommendation.attendances.all()})


@workflow
def record_recommendation(*, review: RapidReview, by: User, now: datetime) -> RapidReview:
    """The draft becomes the Panel's recommendation and goes to the three partners.

    Refused while a criterion has no finding; not quorate, it needs the chair's ruling.
    """
    review, done = take(review, "record_recommendation", by=by, now=now, done=Status.RECOMMENDED)
    if done:
        return review
    contents = contents_of(review)
    draft = contents.draft
    blockers = readiness.before_recommending(contents)
    if blockers or draft is None:
        raise WorkflowError(f"It cannot be recommended yet because {readiness.sentence(blockers)}.")
    quorate = quorum_of(draft)
    _check_ruling(draft, quorate)
    draft.is_quorate, draft.recorded_by, draft.recorded_at = quorate.is_met, by, now
    draft.save(update_fields=["is_quorate", "recorded_by", "recorded_at"])
    move(review, Status.RECOMMENDED)
    reach(review, MEETING, on=draft.met_on, by=by, now=now)
    note("recommended", by=by, review=review, outcome=draft.get_outcome_display(), quorum=quorate.sentence)
    emails.queue_decision_wanted(review, draft, now=now)
    return review


def _check_ruling(draft: Recommendation, quorate: Quorum) -> None:
    if quorate.is_met:
        return
    if not draft.chair_ruling or draft.ruled_by is None:
        raise WorkflowError(f"{quorate.sentence} The chair’s ruling, with its reason, is needed.")
    chairs = holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=draft.met_on)
    walls = {c.member_id for c in draft.review.referral.conflicts.all() if c.runs_on(draft.met_on)}
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
