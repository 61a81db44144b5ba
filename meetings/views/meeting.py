"""The page of one meeting: who comes, the agenda, the papers; and asking everybody."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from meetings import workflow
from meetings.page import MeetingPage
from meetings.views.base import Visit, visit
from panel.permissions import Permission


@visit()
def meeting(here: Visit) -> HttpResponse:
    return here.page("meeting", page=MeetingPage(here.meeting, here.user, here.today))


@require_POST
@visit(Permission.PLAN_MEETINGS)
def invite(here: Visit) -> HttpResponse:
    return here.do(
        lambda: workflow.invite(meeting=here.meeting, by=here.user, now=here.now),
        "Everybody who was not asked yet is invited.",
    )
