"""What safeguarding issues ask of one person, for their home page. Two queries; before everything else."""

from datetime import date

from django.urls import reverse

from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can
from panel.roles import Role
from rapid_reviews.choices import IssueLevel
from rapid_reviews.models import SafeguardingIssue
from rapid_reviews.safeguarding.permissions import ANSWER
from rapid_reviews.states import IssueStatus
from referrals.models import Referral
from referrals.people import led_by


def needs(user: User, today: date) -> list[Need]:
    """To answer for one's own agency, to accept or ask again as chair (today), and what is late for who carries it."""
    if not user.is_authenticated or not user.memberships_on(today):
        return []
    rows = SafeguardingIssue.objects.visible_to(user, on=today).unsettled()
    rows = rows.select_related("review__referral", "agency").order_by("answer_by", "pk")
    led = Referral.objects.filter(led_by(user, today)).values("pk")
    mine = set(rows.filter(review__referral__in=led).values_list("pk", flat=True))
    return [need for row in rows if (need := _need(row, user, today, leads=row.pk in mine))]


def _need(row: SafeguardingIssue, user: User, today: date, *, leads: bool) -> Need | None:
    answers = any(seat.agency_id == row.agency_id and seat.role in ANSWER for seat in user.memberships_on(today))
    if row.status == IssueStatus.ANSWERED:
        what = "Accept the answer to a safeguarding issue, or ask again"
        return _as_need(row, what, due=today) if can(user, Permission.SETTLE_SAFEGUARDING, on=today) else None
    if answers:
        return _as_need(row, "Answer an immediate safeguarding issue", page="issue-answer")
    told = Role.SAFEGUARDING_PARTNER in user.roles_on(today) and row.level == IssueLevel.PARTNERS
    carries = leads or can(user, Permission.WITHDRAW_SAFEGUARDING, on=today)
    late = row.is_late_on(today) and (carries or told)
    return _as_need(row, "See that a safeguarding issue is answered") if late else None


def _as_need(row: SafeguardingIssue, what: str, page: str = "issue", due: date | None = None) -> Need:
    standing = "" if row.status == IssueStatus.RAISED else f" {row.get_status_display()}."
    return Need(
        what=what,
        url=reverse(f"rapid_reviews:{page}", args=[row.review.referral.reference, row.number]),
        about=row.review.referral.reference,
        due=due or row.answer_by,
        note=f"Raised to {row.agency.short_name}.{standing}",
        urgent=True,
    )
