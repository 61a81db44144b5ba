"""What the action log asks of one person, for their home page, and of the installation. A fixed number of queries."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actions.choices import Level, Rag
from actions.models import Action, DateChange, Escalation
from actions.permissions import UPDATE
from actions.states import DateStatus, Status
from core.attention import Item
from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can

SOON = 14  # days before the due date from which an action stands on its people's home pages


def needs(user: User, today: date) -> list[Need]:
    """To carry out; to agree, look at and close; dates to decide on; escalations to answer."""
    if not user.is_authenticated:
        return []
    visible = Action.objects.visible_to(user, on=today).select_related("owner")
    found = [*_to_do(user, visible, today)]
    if can(user, Permission.MANAGE_ACTIONS, on=today):
        found += _to_manage(visible)
    if can(user, Permission.DECIDE_ACTION_DATES, on=today):
        found += _dates(user, today)
    if can(user, Permission.ANSWER_ESCALATIONS, on=today):
        found += _answers(user, today)
    return found


def _need(what: str, action: Action, due: date | None = None, note: str = "", url: str = "") -> Need:
    return Need(what=what, url=url or action.get_absolute_url(), about=action.reference, due=due, note=note)


def _to_do(user: User, visible: Any, today: date) -> Iterable[Need]:
    agencies = [seat.agency_id for seat in user.memberships_on(today) if seat.role in UPDATE]
    rows = visible.filter(status=Status.OPEN, due_on__lte=date.fromordinal(today.toordinal() + SOON))
    mine = rows.filter(lead=user) | rows.filter(lead__isnull=True, owner__in=agencies)
    return [_need(f"Carry out an action of {row.owner.short_name}", row, row.due_on) for row in mine.order_by("due_on")]


def _to_manage(visible: Any) -> Iterable[Need]:
    """By status, one line each: the log has the list."""
    words = {
        Status.PROPOSED: "Agree or cancel proposed actions",
        Status.CLAIMED: "See the evidence of actions that are said to be complete",
        Status.COMPLETE: "Close completed actions",
    }
    log, rows = reverse("actions:log"), list(visible.filter(status__in=words).values_list("status", flat=True))
    return [
        Need(what=what, url=f"{log}?status={status}", note=f"{rows.count(status)} in the action log.")
        for status, what in words.items()
        if status in rows
    ]


def _dates(user: User, today: date) -> Iterable[Need]:
    asked = DateChange.objects.visible_to(user, on=today).filter(status=DateStatus.ASKED).select_related("action")
    return [
        _need(
            "Decide on another date", one.action, note=f"{one.wanted_on:%-d %B %Y} is asked for.",
            url=reverse("actions:date-decide", args=[one.action.reference, one.pk]),
        )
        for one in asked.exclude(asked_by=user)
    ]  # fmt: skip


def _answers(user: User, today: date) -> Iterable[Need]:
    levels = [Level.CHAIR] if can(user, Permission.DECIDE_ACTION_DATES, on=today) else []
    if not can(user, Permission.MANAGE_ACTIONS, on=today):
        levels.append(Level.EXECUTIVE)
    rows = Escalation.objects.visible_to(user, on=today).filter(answered_at__isnull=True, level__in=levels)
    return [
        _need(
            "Answer for an escalated action", one.action,
            url=reverse("actions:escalation-answer", args=[one.action.reference, one.pk]),
        )
        for one in rows.select_related("action")
    ]  # fmt: skip


def attention(now: datetime, user: Any = None) -> list[Item]:
    """For the cockpit: red actions, and open ones about which nobody can be written to."""
    if user is None:
        return []
    today = timezone.localdate(now)
    rows = Action.objects.visible_to(user, on=today)
    log, items = reverse("actions:log"), []
    red = rows.with_rag(today).filter(rag=Rag.RED).count()
    if red:
        items.append(Item(f"{red} action{' is' if red == 1 else 's are'} red.", f"{log}?rag=red", urgent=True))
    mute = rows.running().filter(Q(lead__isnull=True), lead_address="", owner__safeguarding_address="").count()
    if mute:
        text = (
            f"{mute} open action{' has' if mute == 1 else 's have'} nobody to write to: no lead, no safeguarding lead."
        )
        items.append(Item(text, f"{log}?more=nobody"))
    return items
