"""What the pages show of actions, ready for templates."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from access_links.workflow import usable_for
from actions import permissions
from actions.links import contact_of
from actions.models import Action, Escalation, Evidence
from actions.rag import Standing, standing
from actions.states import DateStatus, Status
from actions.workflow.escalating import can_answer
from audit.models import Event
from audit.sentences import READ
from documents.models import Document
from panel import permissions as panel
from panel.permissions import Permission

TONES = {
    Status.PROPOSED: "grey", Status.OPEN: "blue", Status.CLAIMED: "purple", Status.COMPLETE: "green",
    Status.CLOSED: "green", Status.CANCELLED: "grey",
}  # fmt: skip
MOST_EVENTS = 100


@dataclass(frozen=True)
class Line:
    """One action of a table."""

    action: Action
    standing: Standing
    is_escalated: bool

    @property
    def tone(self) -> str:
        return TONES[Status(self.action.status)]


def lines_of(actions: Any, today: date) -> list[Line]:
    """Two queries, however many actions."""
    found = list(actions.select_related("owner", "referral", "lead"))
    open_ones = Escalation.objects.filter(action__in=[a.pk for a in found], answered_at__isnull=True)
    escalated = set(open_ones.values_list("action", flat=True))
    return [Line(action, standing(action, today), action.pk in escalated) for action in found]


@dataclass(frozen=True)
class Shown:
    """A piece of evidence, and what this person can do with it."""

    evidence: Evidence
    may_open: bool
    may_see: bool


@dataclass(frozen=True)
class Asked:
    escalation: Escalation
    may_answer: bool


@dataclass(frozen=True)
class ActionPage:
    action: Action
    user: Any
    today: date
    now: datetime

    @cached_property
    def line(self) -> Line:
        return Line(self.action, standing(self.action, self.today), False)

    @cached_property
    def verbs(self) -> dict[str, bool]:
        return dict.fromkeys(permissions.verbs_for(self.user, self.action, on=self.today), True)

    @cached_property
    def may_update(self) -> bool:
        return self.action.is_running and permissions.can_update(self.user, self.action, on=self.today)

    @cached_property
    def may_manage(self) -> bool:
        return permissions.can(self.user, Permission.MANAGE_ACTIONS, self.action, on=self.today)

    @property
    def may_change(self) -> bool:
        return self.may_manage and permissions.is_changeable(self.action)

    @cached_property
    def may_decide(self) -> bool:
        return permissions.can_decide_date(self.user, self.action, on=self.today)

    @cached_property
    def evidence(self) -> list[Shown]:
        rows = list(self.action.evidence.select_related("document__kind", "seen_by"))
        keys = [row.document_id for row in rows if row.document_id]
        visible = Document.objects.visible_to(self.user).downloadable().filter(pk__in=keys)
        may_read = panel.can(self.user, Permission.READ_DOCUMENTS, on=self.today)
        open_ones = set(visible.values_list("pk", flat=True)) if may_read else set()
        may_see = panel.can(self.user, Permission.ADD_ACTIONS, on=self.today)
        return [
            Shown(
                row, row.document_id in open_ones,
                may_see and row.seen_at is None and self.user.pk not in (row.given_by_id, self.action.claimed_by_id),
            )
            for row in rows
        ]  # fmt: skip

    @cached_property
    def notes(self) -> list[Any]:
        return list(self.action.notes.order_by("-at", "-pk"))

    @cached_property
    def dates(self) -> list[Any]:
        return list(self.action.date_changes.select_related("decided_by").order_by("-asked_at", "-pk"))

    @property
    def date_asked(self) -> Any:
        return next((one for one in self.dates if one.status == DateStatus.ASKED), None)

    @cached_property
    def escalations(self) -> list[Asked]:
        rows = self.action.escalations.select_related("answered_by", "raised_by")
        found = []
        for row in rows:
            row.action = self.action
            found.append(Asked(row, can_answer(self.user, row, now=self.now)))
        return found

    @cached_property
    def contact(self) -> Any:
        return contact_of(self.action, self.today) if self.may_manage and self.action.is_running else None

    @cached_property
    def links(self) -> list[Any]:
        if not self.may_manage:
            return []
        return usable_for([self.action.subject], now=self.now).get(self.action.subject, [])

    @cached_property
    def events(self) -> list[Event]:
        """The history of this action alone, newest first."""
        mine = Event.objects.filter(object_label="actions.Action", object_id=str(self.action.pk)).exclude(verb=READ)
        return list(mine.order_by("-at", "-pk")[:MOST_EVENTS])
