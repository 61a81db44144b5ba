from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.errors import WorkflowError
from highlight_reports.models import HighlightReport
from panel.models import User
from panel.permissions import Permission, can


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def scoped(request: HttpRequest, reference: str, permission: Permission | None = None) -> HighlightReport:
    """The report if it exists for this person, who also holds `permission`; else 404."""
    report: HighlightReport = get_object_or_404(
        HighlightReport.objects.visible_to(person(request)), reference=reference
    )
    require(request, permission)
    return report


def draft(request: HttpRequest, reference: str) -> HighlightReport:
    """A draft that this person writes; a report that is past writing has no such page."""
    report = scoped(request, reference, Permission.WRITE_REPORT)
    if not report.is_draft:
        raise Http404
    return report


def is_maker(user: User) -> bool:
    """Whether `user` writes or approves reports."""
    return can(user, Permission.WRITE_REPORT) or can(user, Permission.APPROVE_REPORT)


def require(request: HttpRequest, permission: Permission | None) -> None:
    if permission is not None and not can(person(request), permission):
        raise Http404


def act(request: HttpRequest, report: HighlightReport, change: Callable[[], Any], done: str) -> HttpResponse:
    """Make the change and go back to the report, with `done` or with the sentence that refuses."""
    try:
        change()
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("highlight_reports:report-detail", report.reference)
