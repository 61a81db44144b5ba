"""The sweep of the escalation ladder, and the chase by hand: one mail a person and day, once a step."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from actions import emails, links
from actions.chasing import Bulk, Mail, Reached, bulk, plan
from actions.choices import Level, ToldState
from actions.models import Action, DayMail, Escalation, LadderStep, Told
from actions.workflow.base import local_day, note
from core.guard import workflow
from deadlines.quiet import is_open
from notifications.workflow import queue
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission

LOCK = 0x616374696F6E73  # "actions": two runs at once take turns
AGAIN = "By the escalation ladder: {step}."


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@workflow
def sweep(*, now: datetime) -> list[Mail]:
    """Escalate what the ladder escalates, at any hour; send what is due in the hours in which mail may go."""
    _take_turns()
    steps, mails = plan(now)
    _raise(steps, now)
    if not is_open(now):
        return []
    for mail in mails:
        _send(mail, by=None, words="", now=now)
    return mails


def _raise(steps: Sequence[Reached], now: datetime) -> None:
    """Each step escalates an action once for one due date; what waits for an answer there is not raised again."""
    wanted = [one for one in steps if one.step.escalates_to]
    rows = Escalation.objects.filter(action__in=[one.action.pk for one in wanted])
    done = set(rows.filter(step__isnull=False).values_list("action", "step", "due_on"))
    waiting = set(rows.filter(answered_at__isnull=True).values_list("action", "level"))
    for one in wanted:
        action, step = one.action, one.step
        if (action.pk, step.pk, action.due_on) in done or (action.pk, step.escalates_to) in waiting:
            continue
        Escalation.objects.create(
            action=action, level=step.escalates_to, raised_on=local_day(now), step=step, due_on=action.due_on,
            reason=AGAIN.format(step=step),
        )  # fmt: skip
        waiting.add((action.pk, step.escalates_to))
        note("escalated", by=None, action=action, level=Level(step.escalates_to).label.lower())


def _send(mail: Mail, *, by: User | None, words: str, now: datetime) -> None:
    contact = mail.contact
    day = timezone.localdate(mail.leaves_at)
    row = DayMail.objects.create(address=contact.address, sent_on=day, by=by)
    row.actions.set([line.action for line in mail.lines])
    Told.objects.bulk_create(_ledger(mail, now))
    for line in mail.lines:
        line.url = links.url_for(line.action, contact, by=by, now=now)
    to = {"to": contact.user} if contact.user else {"address": contact.address}
    letter = emails.chase_letter(mail.lines, name=contact.name, words=words)
    queue(letter, key=f"{emails.CHASE}:{row.pk}", not_before=mail.leaves_at, **to)


def _ledger(mail: Mail, now: datetime) -> list[Told]:
    rows = []
    for line in mail.lines:
        about = {"action": line.action, "address": mail.contact.address, "recorded_at": now}
        pairs: list[tuple[LadderStep, date | None, str]] = [(s, day, ToldState.SUPERSEDED) for s, day in line.outrun]
        if line.step is not None:
            pairs.append((line.step, line.occurs_on, ToldState.SENT))
        rows += [Told(step=step, occurs_on=day, state=state, **about) for step, day, state in pairs if day]
    return rows


@workflow
def chase(*, actions: Sequence[Action], words: str = "", by: User, now: datetime) -> Bulk:
    """Ask about these actions by hand: what `chasing.bulk` shows, and nothing else. Returns what was sent."""
    panel.check(by, Permission.MANAGE_ACTIONS, on=local_day(now))
    _take_turns()
    pks = [action.pk for action in actions]
    visible = Action.objects.visible_to(by, on=local_day(now)).filter(pk__in=pks)
    found = bulk(list(visible.select_related("referral", "owner", "lead").order_by("due_on", "pk")), now)
    for mail in found.mails:
        _send(mail, by=by, words=words.strip(), now=now)
        for line in mail.lines:
            note("chased", by=by, action=line.action, address=mail.contact.address)
    return found
