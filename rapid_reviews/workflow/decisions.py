"""Three partners, three decisions. Nobody decides for two."""

from collections.abc import Mapping
from datetime import date, datetime

from core.errors import InvalidTransition, WorkflowError
from core.guard import workflow
from panel.models import User
from panel.roles import StatutoryRole
from rapid_reviews import emails, permissions
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.models import PartnerDecision, PartnersResolution, RapidReview, Recommendation
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
    by_link: bool = False,
    by: User,
    now: datetime,
) -> PartnerDecision:
    """Record what `by` decides for their own agency on the standing recommendation, signed in or by link.

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
    if partner.value in taken:
        return _already(taken[partner.value], view, amended_outcome)
    if any(decision.decided_by_id == by.pk for decision in taken.values()):
        raise WorkflowError("You have decided for another Safeguarding Partner already. Nobody decides for two.")
    decision = PartnerDecision(
        recommendation=recommendation, partner=partner, agency=seat.agency, view=view,
        amended_outcome=amended_outcome or "", reasons=reasons, decided_by=by, decided_at=now, by_link=by_link,
    )  # fmt: skip
    decision.save()
    verb = "partner_decided_by_link" if by_link else "partner_decided"
    note(verb, by=by, review=review, partner=partner.label, view=view.label.lower())
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


@workflow
def resolve_difference(
    *,
    review: RapidReview,
    outcome: Outcome,
    reasons: str,
    agreed_on: date,
    leads: Mapping[StatutoryRole, str],
    by: User,
    now: datetime,
) -> PartnersResolution:
    """Record what the three lead partners agreed where the decisions differ: then it is decided.

    `leads` names the lead partner of each of the three. The three decisions stay as they were. The same resolution
    twice is quiet.
    """
    review, done = take(review, "resolve_difference", by=by, now=now, done=Status.DECIDED)
    recommendation = review.recommendations.standing().get()
    earlier = PartnersResolution.objects.filter(recommendation=recommendation).first()
    if done:
        return _resolved(earlier, outcome)
    if review.partners_differ_since is None:
        raise WorkflowError("The three Safeguarding Partners do not differ: there is nothing to resolve.")
    if not review.partners_differ_since <= agreed_on <= local_day(now):
        raise WorkflowError("The lead partners agreed between the day of the third decision and today.")
    la, icb, police = (
        words(leads.get(partner, ""), f"Name the lead partner of the {partner.label.lower()}.") for partner in PARTNERS
    )
    resolution = PartnersResolution(
        recommendation=recommendation, outcome=outcome, reasons=words(reasons, "Give the lead partners’ reasons."),
        agreed_on=agreed_on, lead_la=la, lead_icb=icb, lead_police=police, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    resolution.save()
    move(review, Status.DECIDED, outcome=outcome, decided_on=local_day(now), partners_differ_since=None)
    reach(review, SIGN_OFF, on=local_day(now), by=by, now=now)
    names = ", ".join(resolution.leads.values())
    note("resolved", by=by, review=review, outcome=resolution.get_outcome_display(), leads=names)
    emails.queue_decided(review, recommendation, now=now)
    return resolution


def _resolved(earlier: PartnersResolution | None, outcome: Outcome) -> PartnersResolution:
    """Decided already: quiet where the lead partners agreed just this."""
    if earlier is None:
        raise InvalidTransition("The three Safeguarding Partners agree, so there is nothing to resolve.")
    if earlier.outcome != outcome:
        raise WorkflowError(
            f"The lead partners’ resolution is recorded already: {earlier.get_outcome_display().lower()}. "
            "Reload the page to read it."
        )
    return earlier
