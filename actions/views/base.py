"""What every page of an action does first: find it among what this person sees, and keep that it was read."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from actions.models import Action
from audit.workflow import record_read

OK = 200
PEOPLE = ("lead", "proposed_by", "agreed_by", "completed_by", "closed_by")
RELATED = ("referral", "owner", "rapid_review", "practice_review", *PEOPLE)


class Visit:
    """One request for one action, and the one reading of the clock."""

    def __init__(self, request: HttpRequest, reference: str) -> None:
        self.request = request
        self.user: Any = request.user
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        visible = Action.objects.visible_to(request.user).select_related(*RELATED).prefetch_related("others")
        self.action: Action = get_object_or_404(visible, reference=reference)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(self.action)

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {"action": self.action, "today": self.today, "back": self.action.get_absolute_url()}
        return render(self.request, f"actions/{template}.html", about | context)


def visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with a Visit. Not visible: 404."""

    @functools.wraps(view)
    def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        here = Visit(request, reference)
        response = view(here, **kwargs)
        if response.status_code == OK:
            record_read(by=request.user, obj=here.action, reference=here.action.case_reference)
        return response

    return inner
