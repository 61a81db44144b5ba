"""Who may be given a section to write."""

from datetime import date

from panel.models import Membership, User
from panel.permissions import GRANTS, Permission
from rapid_reviews.models import RapidReview


def writers(review: RapidReview, *, on: date) -> dict[int, tuple[User, str]]:
    """Members of the Panel without a wall before the case, by id, each with "Mel Sample (Schools)"; by name."""
    walls = {conflict.member_id for conflict in review.referral.conflicts.all() if conflict.runs_on(on)}
    seats = (
        Membership.objects.running_on(on)
        .with_role(*GRANTS[Permission.EDIT_RAPID_REVIEW])
        .filter(user__is_active=True)
        .exclude(user__in=walls)
        .select_related("user", "agency")
        .order_by("user__name", "pk")
    )
    return {seat.user_id: (seat.user, f"{seat.user} ({seat.agency.short_name})") for seat in seats}
