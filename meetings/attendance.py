"""Attendance by agency over time, and how often a deputy came for a member (reads only)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.models import Presence, Sitting
from panel.models import Agency, Membership, PanelMeeting
from panel.roles import HAVE_DEPUTIES, Role

MEETINGS = 6


@dataclass(frozen=True)
class Row:
    """One agency: for each meeting, newest first, "Member", "Deputy", "Apologies" or "Nobody"; and its score."""

    agency: Agency
    cells: Sequence[str]

    @property
    def came(self) -> int:
        return sum(cell in ("Member", "Deputy") for cell in self.cells)

    @property
    def by_deputy(self) -> int:
        return self.cells.count("Deputy")


@dataclass(frozen=True)
class Attendance:
    meetings: Sequence[PanelMeeting]
    rows: Sequence[Row]


def attendance(on: date) -> Attendance:
    """The last meetings of the Panel that sat, with the agencies that have a seat today. A fixed number of queries."""
    sat = PanelMeeting.objects.of_panel().filter(
        on__lte=on, pk__in=Sitting.objects.exclude(opened_at=None).values("meeting")
    )
    meetings = list(sat.order_by("-on", "-at")[:MEETINGS])
    seats = Membership.objects.running_on(on).with_role(*HAVE_DEPUTIES).select_related("agency")
    agencies = sorted({seat.agency for seat in seats}, key=lambda one: one.name)
    there = _presences(meetings)
    return Attendance(
        meetings, [Row(agency, [_cell(there.get((m.pk, agency.pk), [])) for m in meetings]) for agency in agencies]
    )


def _presences(meetings: Sequence[PanelMeeting]) -> dict[tuple[int, int], list[Presence]]:
    """By meeting and agency; a deputy counts for the agency of their member."""
    found: dict[tuple[int, int], list[Presence]] = {}
    rows = Presence.objects.filter(meeting__in=meetings).select_related("membership__deputy_for")
    for row in rows.exclude(membership__role__in=[Role.BUSINESS_MANAGER, Role.SCRUTINEER]):
        seat = row.membership.deputy_for or row.membership
        found.setdefault((row.meeting_id, seat.agency_id), []).append(row)
    return found


def _cell(rows: Sequence[Presence]) -> str:
    came = [row for row in rows if row.came_at is not None]
    if any(row.membership.deputy_for_id is None for row in came):
        return "Member"
    if came:
        return "Deputy"
    return "Apologies" if rows else "Nobody"
