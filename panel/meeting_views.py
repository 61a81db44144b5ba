"""The pages of the Panel's meetings: everybody on it reads them, the leaders plan."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import NotPermitted, WorkflowError
from panel import meetings
from panel.choices import MeetingKind
from panel.meeting_forms import CancelMeetingForm, MoveMeetingForm, PlanMeetingForm
from panel.models import PanelMeeting
from panel.permissions import Permission, can, check
from panel.states import MEETINGS
from panel.typed import keeps_typed


def _attempt(form: BaseForm, change: Callable[[], object]) -> bool:
    """Run `change`; a refusal becomes the form's own error and keeps what was typed."""
    try:
        change()
    except NotPermitted:
        raise
    except WorkflowError as error:
        form.add_error(None, str(error))
        return False
    return True


def _done(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("panel:meeting-list")


def meeting_list(request: HttpRequest) -> HttpResponse:
    """The coming meetings, then the past ones."""
    now = timezone.now()
    today = timezone.localdate(now)
    check(request.user, Permission.SEE_MEETINGS, on=today)
    rows = list(PanelMeeting.objects.select_related("planned_by"))
    for row in rows:
        row.verbs = meetings.verbs_for(request.user, row, on=today)
    context = {
        "coming": [row for row in rows if row.on >= today],
        "past": [row for row in reversed(rows) if row.on < today],
        "may_plan": can(request.user, Permission.PLAN_MEETINGS, on=today),
    }
    return render(request, "panel/meetings.html", context)


def _page(request: HttpRequest, form: BaseForm, title: str, **context: Any) -> HttpResponse:
    return render(request, "panel/meeting_form.html", {"form": form, "title": title} | context)


@keeps_typed
def plan_meeting(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    check(request.user, Permission.PLAN_MEETINGS, on=timezone.localdate(now))
    form = PlanMeetingForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data | {"kind": MeetingKind(form.cleaned_data["kind"])}
        if _attempt(form, lambda: meetings.plan_meeting(**data, by=request.user, now=now)):
            return _done(request, "The meeting is planned.")
    return _page(request, form, "Plan a meeting of the Panel")


def _found(request: HttpRequest, pk: int, verb: str) -> PanelMeeting | HttpResponse:
    """The meeting, if `verb` is possible now; else back to the list with the sentence."""
    check(request.user, Permission.PLAN_MEETINGS, on=timezone.localdate())
    meeting = get_object_or_404(PanelMeeting, pk=pk)
    try:
        MEETINGS.check(meeting.status, verb)
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("panel:meeting-list")
    return meeting


@keeps_typed
def move_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk, "move")
    if isinstance(meeting, HttpResponse):
        return meeting
    now = timezone.now()
    form = MoveMeetingForm(request.POST or None, meeting=meeting, today=timezone.localdate(now))
    if form.is_valid() and _attempt(
        form, lambda: meetings.move_meeting(meeting=meeting, **form.cleaned_data, by=request.user, now=now)
    ):
        return _done(request, "The meeting is moved. The members are told by mail.")
    return _page(request, form, "Move a meeting of the Panel", meeting=meeting)


@keeps_typed
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk, "cancel")
    if isinstance(meeting, HttpResponse):
        return meeting
    form = CancelMeetingForm(request.POST or None)
    if form.is_valid() and _attempt(
        form,
        lambda: meetings.cancel_meeting(meeting=meeting, **form.cleaned_data, by=request.user, now=timezone.now()),
    ):
        return _done(request, "The meeting is cancelled. The members are told by mail.")
    return _page(request, form, "Cancel a meeting of the Panel", meeting=meeting)


@require_POST
def hold_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    check(request.user, Permission.PLAN_MEETINGS, on=timezone.localdate())
    meeting = get_object_or_404(PanelMeeting, pk=pk)
    try:
        meetings.hold_meeting(meeting=meeting, by=request.user, now=timezone.now())
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("panel:meeting-list")
    return _done(request, "The meeting is marked as held.")
