"""The first words of the minutes, from what was captured. Children are named by pseudonym or role."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from chronology.names import People
from meetings.models import AgendaItem, Invitation, ItemConflict, Presence
from panel.models import Membership, PanelMeeting

NOTHING = "Nothing was recorded under this item."


def who(seat: Membership) -> str:
    """ "Mel Sample, Panel member, Schools"."""
    acts = f", for {seat.deputy_for.user}" if seat.deputy_for else ""
    return f"{seat.user}, {seat.get_role_display()}, {seat.agency.short_name}{acts}"


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def presence_text(meeting: PanelMeeting) -> str:
    """Who was there, from when until when; who sent apologies; for whom a deputy came."""
    related = ("membership__user", "membership__agency", "membership__deputy_for__user")
    rows = list(Presence.objects.filter(meeting=meeting).select_related(*related))
    here = [row for row in rows if row.came_at is not None]
    apologies = [who(row.membership) for row in rows if row.came_at is None]
    declined = Invitation.objects.filter(meeting=meeting, status="declined").select_related(*related)
    known = {row.membership_id for row in rows}
    apologies += [who(one.membership) for one in declined if one.membership_id not in known]
    lines = ["Present:", *(f"{who(row.membership)}{_left(row)}" for row in here)] if here else ["Nobody was recorded."]
    return "\n".join([*lines, "", "Apologies:", *(apologies or ["None."])])


def _left(row: Presence) -> str:
    return f" (left at {clock(row.left_at)})" if row.left_at else ""


def item_text(item: AgendaItem) -> str:
    """One item, its paragraphs apart by an empty line."""
    text = "\n\n".join(_paragraphs(item)) or NOTHING
    return People(item.referral, with_names=False).text(text) if item.referral else text


def _paragraphs(item: AgendaItem) -> Iterator[str]:
    conflicts = list(item.conflicts.select_related("membership__user", "membership__agency"))
    if item.conflicts_asked_at is not None and not conflicts:
        yield "Conflicts of interest were asked for. Nobody declared one."
    for one in conflicts:
        yield _conflict(one)
    if item.discussion:
        yield item.discussion
    if item.decision:
        yield _decision(item)
    for dissent in item.dissents.select_related("membership__user", "membership__agency"):
        yield f"Dissent, {dissent.membership.user}, {dissent.membership.agency.short_name}: {dissent.text}"
    for link in item.actions.select_related("action__owner"):
        action = link.action
        due = f", due {action.due_on.day} {action.due_on:%B %Y}" if action.due_on else ""
        yield f"Action {action.reference}, {action.owner.short_name}{due}: {action.text}"


def _conflict(one: ItemConflict) -> str:
    seat = one.membership
    words = f"{seat.user}, {seat.agency.short_name}, had a conflict of interest ({one.get_kind_display().lower()})"
    if one.left_at is None:
        return f"{words} and took no part."
    back = f" and came back at {clock(one.returned_at)}" if one.returned_at else ""
    return f"{words}, left the room at {clock(one.left_at)}{back}."


def _decision(item: AgendaItem) -> str:
    quorate = "The meeting was quorate." if item.is_quorate else "The meeting was not quorate."
    parts = [f"Decision: {item.get_decision_display()}."]
    if item.reasons:
        parts.append(f"Reasons: {item.reasons}")
    parts.append(quorate)
    if item.chair_ruling:
        parts.append(f"The chair’s ruling: {item.chair_ruling}")
    return "\n".join(parts)
