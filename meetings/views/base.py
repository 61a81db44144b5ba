"""What every page of a meeting does first: who may see meetings, which meeting, and the one reading of the clock."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from audit.workflow import record_read
from core.errors import NotPermitted, WorkflowError
from meetings.models import AgendaItem
from panel import permissions as panel
from panel.models import PanelMeeting
from panel.permissions import Permission
from panel.typed import keeps_typed

OK = 200
View = Callable[..., HttpResponse]


class Visit:
    """One request for one meeting."""

    def __init__(self, request: HttpRequest, pk: int, needs: Permission) -> None:
        self.request = request
        self.user: Any = request.user
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        panel.check(self.user, Permission.SEE_MEETINGS, on=self.today)
        self.meeting: PanelMeeting = get_object_or_404(PanelMeeting.objects.select_related("sitting"), pk=pk)
        panel.check(self.user, needs, on=self.today)

    def can(self, permission: Permission) -> bool:
        return panel.can(self.user, permission, on=self.today)

    def url(self, name: str = "meeting", *args: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.meeting.pk, *args])

    def item(self, pk: int) -> AgendaItem:
        """An item of this meeting that exists for this person. What is read of a case is kept."""
        rows = AgendaItem.objects.visible_to(self.user).standing().filter(meeting=self.meeting)
        found: AgendaItem = get_object_or_404(rows.select_related("referral", "meeting", "updated_by"), pk=pk)
        if self.request.method == "GET" and found.referral is not None:
            record_read(by=self.user, obj=found.referral, reference=found.referral.reference)
        return found

    def go(self, message: str, name: str = "meeting", *args: Any) -> HttpResponseRedirect:
        messages.success(self.request, message)
        return redirect(self.url(name, *args))

    def do(self, change: Callable[[], object], message: str, name: str = "meeting", *args: Any) -> HttpResponseRedirect:
        """Change and go on; a refusal is said on the page that follows."""
        try:
            change()
        except NotPermitted:
            raise
        except WorkflowError as error:
            messages.error(self.request, str(error))
            return redirect(self.url(name, *args))
        return self.go(message, name, *args)

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {"meeting": self.meeting, "today": self.today, "here": self, "back": self.url()}
        return render(self.request, f"meetings/{template}.html", about | context)


def visit(needs: Permission = Permission.SEE_MEETINGS) -> Callable[[View], View]:
    """Call the view with a Visit. Without the right: 403. No such meeting: 404."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def inner(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            return view(Visit(request, pk, needs), **kwargs)

        return inner

    return decorate


def keeps(view: View) -> View:
    """`keeps_typed` for a view that takes a Visit; to stand below `visit`."""

    @functools.wraps(view)
    def inner(here: Visit, **kwargs: Any) -> HttpResponse:
        def page(request: HttpRequest) -> HttpResponse:
            return view(here, **kwargs)

        return keeps_typed(page)(here.request)

    inner.keeps_typed = True  # type: ignore[attr-defined] # for panel.typed.is_keeping
    return inner
