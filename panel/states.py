"""A meeting of the Panel, from planned to held or cancelled (imports no model but through the permissions)."""

from core.states import StateTable, row
from panel.choices import MeetingStatus as Status
from panel.permissions import Permission

MEETINGS = StateTable(
    name="meeting of the Panel",
    statuses=Status,
    transitions=[
        row("plan", "", Status.PLANNED, Permission.PLAN_MEETINGS),
        row("move", Status.PLANNED, Status.PLANNED, Permission.PLAN_MEETINGS),
        row("hold", Status.PLANNED, Status.HELD, Permission.PLAN_MEETINGS),
        row("cancel", Status.PLANNED, Status.CANCELLED, Permission.PLAN_MEETINGS),
    ],
    owners={
        Status.PLANNED: "Business manager",
        Status.HELD: "Nobody",
        Status.CANCELLED: "Nobody",
    },
)
