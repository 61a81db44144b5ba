"""What the cases, the rapid reviews and the outbox ask of one person. Each provider is one or two queries."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.needs import Need
from deadlines import calendar
from deadlines.choices import Limit
from notifications.models import Message
from overview.board import Line, lines_for
from panel.permissions import Permission, can
from panel.roles import Role
from rapid_reviews.models import PartnerDecision, RapidReview
from rapid_reviews.permissions import partner_seats
from rapid_reviews.states import Status as ReviewStatus
from referrals.models import Referral
from referrals.states import Status as CaseStatus

STEP: dict[str, str] = {
    ReviewStatus.OPENED: "Ask the agencies for information for the rapid review",
    ReviewStatus.GATHERING: "Gather the agencies’ information for the rapid review",
    ReviewStatus.DRAFTING: "Complete the rapid review and the Panel’s recommendation",
    ReviewStatus.RECOMMENDED: "Get the decisions of the three Safeguarding Partners",
    ReviewStatus.DECIDED: "Send the rapid review to the national Panel",
}
MANAGERS_STEPS = frozenset({ReviewStatus.OPENED, ReviewStatus.DECIDED})


def clocks(user: Any, today: date) -> list[Need]:
    """Running clocks of the cases that `user` leads, those that wait for their role, and every late one for who
    answers for lateness (chair, deputy chair, business manager)."""
    roles = user.roles_on(today)
    return [
        _clock_need(line)
        for line in lines_for(user, today=today, calendar=calendar.current())
        if line.clock.limit == Limit.BY and _is_for(line, user, roles)
    ]


def _is_for(line: Line, user: Any, roles: frozenset[Role]) -> bool:
    if line.referral.lead_id == user.pk:
        return True
    if line.late and roles & {Role.CHAIR, Role.DEPUTY_CHAIR, Role.BUSINESS_MANAGER}:
        return True
    return Role.BUSINESS_MANAGER in roles and (line.review is None or line.review.status in MANAGERS_STEPS)


def _clock_need(line: Line) -> Need:
    step = STEP.get(line.review.status, line.clock.rule.title) if line.review else line.clock.rule.title
    late = f"It is {line.standing}: say why and who was told." if line.late and not line.clock.late_reason else ""
    return Need(
        what=step,
        url=line.referral.get_absolute_url(),
        about=line.referral.reference,
        due=line.clock.due_on,
        note=late or f"{line.standing[0].upper()}{line.standing[1:]}. Whose move: {line.whose_move}.",
        statutory=True,
    )


def decisions(user: Any, today: date) -> list[Need]:
    """Recommendations that wait for the Safeguarding Partner `user` to decide."""
    seats = [seat.agency.statutory_role for seat in partner_seats(user, on=today)]
    if not seats or not can(user, Permission.DECIDE, on=today):
        return []
    waiting = RapidReview.objects.visible_to(user).filter(
        status=ReviewStatus.RECOMMENDED, partners_differ_since__isnull=True
    )
    taken = PartnerDecision.objects.filter(
        recommendation__review__in=waiting, recommendation__reopened_at__isnull=True, partner__in=seats
    )
    return [
        Need(
            what="Decide on the Panel’s recommendation",
            url=reverse("rapid_reviews:decision-list", args=[review.referral.reference]),
            about=review.referral.reference,
            due=review.clock.due_on,
            note="All three Safeguarding Partners decide before the rapid review is sent.",
            statutory=True,
        )
        for review in waiting.exclude(pk__in=taken.values("recommendation__review")).select_related("referral", "clock")
    ]


WAITING_CASES: dict[str, tuple[Permission, str, str]] = {
    CaseStatus.RECORDED: (Permission.SCREEN_CASE, "Screen the case", "referrals:referral-screen"),
    CaseStatus.PANEL_CONSIDERATION: (Permission.SCREEN_CASE, "Put the case to the Panel", "referrals:referral-screen"),
    CaseStatus.MORE_INFORMATION: (Permission.SCREEN_CASE, "Get the missing information", "overview:case"),
    CaseStatus.ACCEPTED: (Permission.OPEN_RAPID_REVIEW, "Open the rapid review", "overview:case"),
}


def cases(user: Any, today: date) -> list[Need]:
    """Recorded cases at a step that `user` may take, and the drafts that `user` began."""
    steps = {status: step for status, step in WAITING_CASES.items() if can(user, step[0], on=today)}
    if not can(user, Permission.SEE_CASES, on=today):
        return []
    visible = Referral.objects.visible_to(user, on=today)
    waiting = visible.filter(status__in=steps).order_by("recorded_at", "pk")
    drafts = visible.drafts().filter(created_by=user).order_by("created_at", "pk")
    return [_case_need(case, *steps[case.status][1:]) for case in waiting] + [_draft_need(draft) for draft in drafts]


def _case_need(case: Referral, what: str, url_name: str) -> Need:
    day = timezone.localdate(case.recorded_at)
    return Need(
        what=what,
        url=reverse(url_name, args=[case.reference]),
        about=case.reference,
        note=f"{case.get_kind_display()}, recorded on {day.day} {day:%B}.",
    )


def _draft_need(draft: Referral) -> Need:
    day = timezone.localdate(draft.created_at)
    return Need(
        what=f"Finish the {draft.get_kind_display()} that you began",
        url=draft.get_absolute_url(),
        about="Draft",
        note=f"Begun on {day.day} {day:%B}. Only you and the business manager see it.",
    )


def mails(user: Any, today: date) -> list[Need]:
    """For the business manager: mails that failed or may have arrived twice."""
    if not can(user, Permission.SEE_OUTBOX, on=today):
        return []
    number = Message.objects.to_check().count()
    if not number:
        return []
    return [
        Need(
            what="Look at the mails that went wrong",
            url=reverse("admin:notifications_message_changelist"),
            about="Mail",
            note=f"{number} mail{'' if number == 1 else 's'} failed or may have arrived twice.",
        )
    ]


PROVIDERS = (clocks, decisions, cases, mails)
