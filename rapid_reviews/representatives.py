"""Who was invited to take part in one rapid review: read only."""

from dataclasses import dataclass
from datetime import date

from rapid_reviews.models import RapidReview
from referrals.models import CaseInvitation


@dataclass(frozen=True)
class Representative:
    """One invitation, the agencies of the invited person, and whether it runs."""

    invitation: CaseInvitation
    agencies: str
    runs: bool


def invited_to(review: RapidReview, *, on: date) -> list[Representative]:
    """Every invitation to the case, the newest first. Two queries, however many."""
    rows = review.referral.invitations.select_related("person", "withdrawn_by").order_by("-invited_at", "-pk")
    return [_one(invitation, on) for invitation in rows.prefetch_related("person__memberships__agency")]


def _one(invitation: CaseInvitation, on: date) -> Representative:
    seats = [seat for seat in invitation.person.memberships.all() if seat.runs_on(on)]
    return Representative(invitation, ", ".join(seat.agency.short_name for seat in seats), invitation.runs_on(on))
