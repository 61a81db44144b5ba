"""Meeting mode: open and end the sitting, who is in the room, the quorum as it is now."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from meetings import workflow
from meetings.page import MeetingPage
from meetings.room import Room
from meetings.views.base import Visit, visit
from panel.models import Membership
from panel.permissions import Permission

SITTING = {
    "open": (workflow.open_sitting, "The meeting is open. Say who is in the room."),
    "end": (workflow.end_sitting, "The meeting has ended. The minutes can be drafted now."),
    "resume": (workflow.resume_sitting, "The meeting goes on."),
}
PRESENCE = {
    "here": (workflow.arrive, "is in the room"),
    "gone": (workflow.leave, "has left"),
    "apologies": (workflow.apologise, "sent apologies"),
}


@visit(Permission.CONDUCT_MEETINGS)
def room(here: Visit) -> HttpResponse:
    room = Room(here.meeting)
    return here.page(
        "room", page=MeetingPage(here.meeting, here.user, here.today), room=room, quorum=room.quorum()
    )  # fmt: skip


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def sitting(here: Visit, verb: str) -> HttpResponse:
    if verb not in SITTING:
        raise Http404
    change, said = SITTING[verb]
    return here.do(lambda: change(meeting=here.meeting, by=here.user, now=here.now), said, "room")


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def presence(here: Visit, seat_pk: int, verb: str) -> HttpResponse:
    if verb not in PRESENCE:
        raise Http404
    seat = get_object_or_404(Membership.objects.select_related("user"), pk=seat_pk)
    change, said = PRESENCE[verb]
    answer = here.do(
        lambda: change(meeting=here.meeting, seat=seat, by=here.user, now=here.now), f"{seat.user} {said}.", "room"
    )
    answer.headers["Location"] += "#who"
    return answer
