"""What every page of a publication does first: find it among what this person sees, and keep that it was read."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from audit.workflow import record_read
from core.errors import NotPermitted, WorkflowError
from panel.permissions import Permission
from panel.typed import keeps_typed
from publications import permissions
from publications.models import Publication
from referrals.views.base import attempt

OK = 200
RELATED = ("practice_review__referral__lead", "report__kind", "copy_clock__rule", "available_clock__rule")


class Visit:
    """One request for one publication, and the one reading of the clock."""

    def __init__(self, request: HttpRequest, reference: str) -> None:
        self.request = request
        self.user: Any = request.user
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        visible = Publication.objects.visible_to(request.user).select_related(*RELATED)
        self.publication: Publication = get_object_or_404(visible, practice_review__reference=reference)

    @property
    def data(self) -> Any:
        return self.request.POST or None

    def check(self, permission: Permission = Permission.PREPARE_PUBLICATION) -> None:
        permissions.check(self.user, permission, self.publication, on=self.today)

    def done(self, message: str, to: str = "") -> HttpResponse:
        messages.success(self.request, message)
        return redirect(to or self.publication.get_absolute_url())

    def press(self, change: Callable[[], Any], done: str, *, to: str) -> HttpResponse:
        """A button: do it, say so, or say why not."""
        try:
            change()
        except NotPermitted:
            raise
        except WorkflowError as error:
            messages.error(self.request, str(error))
            return redirect(to)
        return self.done(done, to)

    def page(self, template: str, **context: Any) -> HttpResponse:
        back = self.publication.get_absolute_url()
        referral = self.publication.practice_review.referral
        about = {"publication": self.publication, "referral": referral, "case_tab": "publication"}
        about |= {"today": self.today, "back": back}
        return render(self.request, f"publications/{template}.html", about | context)

    def form(
        self, form: BaseForm, save: Callable[[], Any], *, title: str, done: str, to: str = "", **context: Any
    ) -> HttpResponse:
        """A page with one form: save and go on, or show what is wrong."""
        if self.request.method == "POST" and attempt(form, save):
            return self.done(done, to)
        return self.page(context.pop("template", "form"), form=form, title=title, **context)


def _answered(request: HttpRequest, here: Visit, response: HttpResponse) -> HttpResponse:
    if response.status_code == OK:
        record_read(by=request.user, obj=here.publication, reference=here.publication.case_reference)
    return response


def visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with a Visit. Not visible: 404."""

    @functools.wraps(view)
    def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        here = Visit(request, reference)
        return _answered(request, here, view(here, **kwargs))

    return inner


def visit_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for a page with a form, whose half-written text survives the end of a session."""

    @functools.wraps(view)
    def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        here = Visit(request, reference)
        kept = keeps_typed(lambda request: view(here, **kwargs))
        return _answered(request, here, kept(request))

    inner.keeps_typed = True  # type: ignore[attr-defined]
    return inner
