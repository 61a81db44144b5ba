"""The letters of the action log: short, nameless, with the neutral reference and a link. One function each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actions import links
from actions.choices import Level
from actions.links import Contact
from actions.models import Action, DateChange, Escalation
from core.letters import Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from panel.people import holders
from panel.roles import Role
from referrals.emails import MARKING
from referrals.people import recipients

ASSIGNED = "action-assigned"
SENT_BACK = "action-sent-back"
DATE_ASKED = "action-date-asked"
DATE_DECIDED = "action-date-decided"
ESCALATED = "action-escalated"
CHASE = "action-chase"

# kind, title, who, when, secret
CATALOGUE = (
    (ASSIGNED, "An action to carry out", "The action’s lead", "When the action is agreed, or a link is sent", True),
    (SENT_BACK, "An action is not complete yet", "The action’s lead", "When the Panel sends it back", True),
    (DATE_ASKED, "Another date is asked for", "Chair and deputy chair", "When an agency asks for one", False),
    (DATE_DECIDED, "Another date was decided on", "The action’s lead", "When the chair approves or refuses it", True),
    (ESCALATED, "An action asks for your answer", "The chair, or the Executive Group", "When it is escalated", False),
    (
        CHASE,
        "Actions that are due or late",
        "Leads, the business manager, and the level to which an action was escalated; one mail a person and day",
        "At the steps of the escalation ladder, or when somebody chases",
        True,
    ),
)

ROLES = {Level.CHAIR: (Role.CHAIR, Role.DEPUTY_CHAIR), Level.EXECUTIVE: (Role.SAFEGUARDING_PARTNER,)}


def _letter(kind: str, action: Action, subject: str, url: str, **context: Any) -> Letter:
    about = {"action": action, "url": url, "partnership": Partnership.current()}
    text = render_to_string(f"emails/actions/{kind.removeprefix('action-').replace('-', '_')}.txt", about | context)
    return Letter(kind, f"{MARKING} {action.reference}: {subject}", text, reference=action.case_reference)


def _to_contact(
    kind: str, action: Action, subject: str, *, key: str, by: Any, now: datetime, **more: Any
) -> Contact | None:
    contact = links.contact_of(action, timezone.localdate(now))
    if contact is None:
        return None
    letter = _letter(kind, action, subject, links.url_for(action, contact, by=by, now=now), contact=contact, **more)
    to = {"to": contact.user} if contact.user else {"address": contact.address}
    queue(letter, key=f"{kind}:{key}", not_before=send_at(now), **to)
    return contact


def queue_assigned(action: Action, *, by: User, now: datetime, again: bool = False) -> Contact | None:
    """To the lead, with a link where they have no account; None where nobody can be written to."""
    due = f"{action.due_on:%-d %B %Y}" if action.due_on else ""
    key = f"{action.pk}:{now.isoformat()}"
    return _to_contact(ASSIGNED, action, f"an action for your agency by {due}", key=key, by=by, now=now, again=again)


def queue_sent_back(action: Action, *, by: User, now: datetime) -> None:
    _to_contact(SENT_BACK, action, "not complete yet", key=f"{action.pk}:{now.isoformat()}", by=by, now=now)


def queue_date_decided(change: DateChange, *, by: User, now: datetime) -> None:
    subject = f"another date was {change.get_status_display().lower()}"
    _to_contact(DATE_DECIDED, change.action, subject, key=f"{change.pk}", by=by, now=now, change=change)


def people(action: Action, level: str, now: datetime) -> list[User]:
    """Who answers at a level, with the walls of the action's case applied."""
    day = timezone.localdate(now)
    if action.referral is not None:
        return recipients(action.referral, day)["chair" if level == Level.CHAIR else "executive"]
    found = list(holders(ROLES[Level(level)][0], on=day))
    return found or [person for role in ROLES[Level(level)][1:] for person in holders(role, on=day)]


def _each(letter: Letter, to: Iterable[User], *, key: str, now: datetime) -> None:
    for person in to:
        queue(letter, key=f"{letter.kind}:{key}:{person.pk}", to=person, not_before=send_at(now))


def queue_date_asked(change: DateChange, *, now: datetime) -> None:
    """To the chair, who decides; the deputy chair where there is none or a wall stands between."""
    url = f"{settings.SITE_URL}{reverse('actions:date-decide', args=[change.action.reference, change.pk])}"
    letter = _letter(DATE_ASKED, change.action, "another date is asked for", url, change=change)
    to = [one for one in people(change.action, Level.CHAIR, now) if one.pk != change.asked_by_id]
    _each(letter, to, key=str(change.pk), now=now)


def queue_escalated(escalation: Escalation, *, now: datetime) -> None:
    action = escalation.action
    url = f"{settings.SITE_URL}{reverse('actions:escalation-answer', args=[action.reference, escalation.pk])}"
    letter = _letter(ESCALATED, action, "an action asks for your answer", url, escalation=escalation)
    _each(letter, people(action, escalation.level, now), key=str(escalation.pk), now=now)


def chase_letter(lines: Sequence[Any], *, name: str, words: str = "") -> Letter:
    """All that one person is told on one day. Its subject names an action only where it is the only one."""
    count = len(lines)
    late = sum(line.is_late for line in lines)
    what = f"{count} action{'' if count == 1 else 's'}" + (f", {late} late" if late else "")
    one = lines[0].action
    context = {"lines": lines, "name": name, "words": words, "partnership": Partnership.current()}
    text = render_to_string("emails/actions/chase.txt", context)
    subject = f"{MARKING} {one.reference}: {what}" if count == 1 else f"{MARKING} {what}"
    return Letter(CHASE, subject, text, reference=one.case_reference if count == 1 else "")
