"""Three partners, three decisions. Nobody decides for two."""

from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.roles import StatutoryRole
from rapid_reviews import emails, permissions
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.models import PartnerDecision, RapidReview, Recommendation
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from rapid_reviews.workflow.milestones import SIGN_OFF, reach


@workflow
def decide(
    *,
    review: RapidReview,
    partner: StatutoryRole,
    view: View,
    reasons: str,
    amended_outcome: Outcome | None = None,
    by: User,
    now: datetime,
) -> PartnerDecision:
    """Record what `by` decides for their own agency on the standing recommendation.

    With the third decision the review is decided, if all three want the same outcome; otherwise it stays
    recommended and is back with the Panel. The same decision twice is quiet; another one is refused.
    """
    review, _ = take(review, "decide", by=by, now=now, done=Status.DECIDED)
    partner, view = StatutoryRole(partner), View(view)  # the labels below need them whole
    seat = permissions.check_seat(by, partner, on=local_day(now))
    recommendation = review.recommendations.standing().get()
    reasons = words(reasons, "Give the reasons for the decision.")
    _check_amendment(recommendation, view, amended_outcome)
    taken = {decision.partner: decision for decision in recommendation.decisions.all()}
    earlier = taken.get(partner.value)
    if earlier is not None:
        return _already(earlier, view, amended_outcome)
    if any(decision.decided_by_id == by.pk for decision in taken.values()):
        raise WorkflowError("You have decided for another Safeguarding Partner already. Nobody decides for two.")
    decision = PartnerDecision(
        recommendation=recommendation, partner=partner, agency=seat.agency, view=view,
        amended_outcome=amended_outcome or "", reasons=reasons, decided_by=by, decided_at=now,
    )  # fmt: skip
    decision.save()
    note("partner_decided", by=by, review=review, partner=partner.label, view=view.label.lower())
    _settle(review, recommendation, [*taken.values(), decision], by=by, now=now)
    return decision


def _check_amendment(recommendation: Recommendation, view: View, amended: Outcome | None) -> None:
    if (view == View.AMEND) != (amended is not None):
        raise WorkflowError("An amendment names the outcome that the partner wants instead; nothing else does.")
    if amended == recommendation.outcome:
        raise WorkflowError("The amended outcome is the one recommended. Choose “Agree” instead.")


def _already(earlier: PartnerDecision, view: View, amended: Outcome | None) -> PartnerDecision:
    if (earlier.view, earlier.amended_outcome) == (view, amended or ""):
        return earlier
    raise WorkflowError(
        f"The {earlier.get_partner_display().lower()} has decided already: {earlier.get_view_display().lower()}. "
        "To decide again, the recommendation must be reopened."
    )


def _settle(
    review: RapidReview,
    recommendation: Recommendation,
    decisions: list[PartnerDecision],
    *,
    by: User,
    now: datetime,
) -> None:
    """After the third decision: decided, or back to the Panel."""
    if len(decisions) < len(PARTNERS):
        return
    wanted = {decision.outcome(recommendation.outcome) for decision in decisions}
    agreed = wanted.pop() if len(wanted) == 1 else None
    if agreed is None:
        review.partners_differ_since = local_day(now)
        review.save(update_fields=["partners_differ_since"])
        note("partners_differ", by=by, review=review)
        emails.queue_partners_differ(review, recommendation, now=now)
        return
    move(review, Status.DECIDED, outcome=agreed, decided_on=local_day(now))
    reach(review, SIGN_OFF, on=local_day(now), by=by, now=now)
    note("decided", by=by, review=review, outcome=review.get_outcome_display())
    emails.queue_decided(review, recommendation, now=now)
