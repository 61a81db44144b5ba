"""What the clocks, the cases and the outbox ask of one person. Each provider is a constant number of queries.

The rapid reviews and the highlight reports register what they ask themselves.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.needs import Need
from deadlines import calendar
from deadlines.choices import Limit
from deadlines.models import Clock
from notifications.models import Message
from overview.board import Line, lines_for
from panel.permissions import Permission, can
from panel.roles import Role
from rapid_reviews.states import Status as ReviewStatus
from referrals.choices import Kind
from referrals.models import Referral
from referrals.people import led_by
from referrals.states import Status as CaseStatus

ANSWER_FOR_LATENESS = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.BUSINESS_MANAGER})


def clocks(user: Any, today: date) -> list[Need]:
    """The notification's clocks for the lead and the business manager; late rapid reviews for who answers for them."""
    roles = user.roles_on(today)
    mine = set(Referral.objects.filter(led_by(user, today)).values_list("pk", flat=True))
    lines = lines_for(user, today=today, calendar=calendar.current())
    return [_clock_need(line) for line in lines if line.clock.limit == Limit.BY and _is_for(line, mine, roles)]


def _is_for(line: Line, led: set[int], roles: frozenset[Role]) -> bool:
    leads = line.referral.pk in led
    if line.review is None:
        return leads or Role.BUSINESS_MANAGER in roles or (line.late and bool(roles & ANSWER_FOR_LATENESS))
    # Whoever leads or sends the review has it from rapid_reviews already.
    asked_elsewhere = leads or line.review.status == ReviewStatus.DECIDED or bool(line.review.partners_differ_since)
    return line.late and bool(roles & ANSWER_FOR_LATENESS) and not asked_elsewhere


def _clock_need(line: Line) -> Need:
    standing = f"{line.standing[0].upper()}{line.standing[1:]}. Whose move: {line.whose_move}."
    reason = " The reason, and who was told, are asked for when it is done." if line.late else ""
    return Need(
        what=f"See that it is done: {line.clock.rule.title}",
        url=line.referral.get_absolute_url(),
        about=line.referral.reference,
        due=line.clock.due_on,
        note=standing + reason,
        statutory=True,
    )


def milestones(user: Any, today: date) -> list[Need]:
    """For the lead: local milestones that are late, or due by the next working day."""
    led = Referral.objects.visible_to(user, on=today).recorded().filter(led_by(user, today))
    days = calendar.current()
    clocks = (
        Clock.objects.running()
        .milestones()
        .filter(label__in=led.values("reference"), due_on__lte=days.forward(today, 1))
        .select_related("rule", "parent")
        .order_by("due_on", "pk")
    )
    return [
        Need(
            what=f"Milestone: {clock.rule.title}",
            url=reverse("rapid_reviews:review-workspace", args=[clock.label]),
            about=clock.label,
            due=clock.due_on,
            note="A milestone of the partnership’s own.",
        )
        for clock in clocks
        if clock.due_on != clock.parent.due_on  # that day is the statutory limit's own
    ]


WAITING_CASES: dict[str, tuple[Permission, str, str]] = {
    CaseStatus.RECORDED: (Permission.SCREEN_CASE, "Screen the case", "referrals:referral-screen"),
    CaseStatus.PANEL_CONSIDERATION: (Permission.SCREEN_CASE, "Put the case to the Panel", "referrals:referral-screen"),
    CaseStatus.MORE_INFORMATION: (Permission.SCREEN_CASE, "Get the missing information", "overview:case"),
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
        what="Finish the notification that you began"
        if draft.kind == Kind.SIN
        else "Finish the referral that you began",
        url=draft.get_absolute_url(),
        about="Draft",
        note=f"Begun on {day.day} {day:%B}. Only you and the business manager see it.",
    )


def mails(user: Any, today: date) -> list[Need]:
    """For the business manager: mails that failed or may have arrived twice."""
    if not can(user, Permission.SEE_OUTBOX, on=today):
        return []
    number = Message.objects.open_to(user).to_check().count()
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


PROVIDERS = (clocks, milestones, cases, mails)
