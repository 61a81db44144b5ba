"""What every page of a case does first: find it among what this person may see, and keep that it was read."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from audit.workflow import record_read
from core.errors import NotPermitted, WorkflowError
from panel import permissions as panel
from panel.permissions import Permission
from referrals.models import Referral

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Referral, P], HttpResponse]

OK = 200
CLOCKS = ("notify_clock__rule", "inform_clock__rule", "looked_after_clock__rule")


def case_page(view: View[P]) -> Callable[..., HttpResponse]:
    """`view(request, referral, …)` of a recorded case that the person may see; everybody else gets "not found"."""

    @functools.wraps(view)
    def inner(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        cases = Referral.objects.visible_to(request.user).recorded().select_related("lead", *CLOCKS)
        referral = get_object_or_404(cases, reference=reference)
        response = view(request, referral, *args, **kwargs)
        if response.status_code == OK:
            record_read(by=request.user, obj=referral, reference=referral.reference)
        return response

    return inner


def draft_page(view: View[P]) -> Callable[..., HttpResponse]:
    """`view(request, draft, …)` of a draft that the person may see. Recorded meanwhile: on to the case."""

    @functools.wraps(view)
    def inner(request: HttpRequest, key: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        panel.check(request.user, Permission.RECORD_CASE)  # type: ignore[arg-type]
        draft = get_object_or_404(Referral.objects.visible_to(request.user).select_related("lead"), key=key)
        if draft.reference:
            messages.info(request, f"This draft was recorded as {draft.reference}.")
            return redirect("referrals:referral-recorded", draft.reference)
        response = view(request, draft, *args, **kwargs)
        if response.status_code == OK:
            record_read(by=request.user, obj=draft, reference="")
        return response

    return inner


def needs(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Refuse with 403 those who see the case but may not do this. To stand below `case_page`."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def inner(request: HttpRequest, referral: Referral, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            panel.check(request.user, permission)  # type: ignore[arg-type]
            return view(request, referral, *args, **kwargs)

        return inner

    return decorate


def attempt(form: BaseForm, action: Callable[[], Any]) -> bool:
    """Do it if the form is good. A rule that only the workflow sees becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except NotPermitted:
        raise
    except WorkflowError as error:
        form.add_error(None, str(error))
        return False
    return True


def show_form(request: HttpRequest, form: BaseForm, **context: Any) -> HttpResponse:
    """A page with one form: `title`, `back` (address) and whatever the header needs."""
    template = context.pop("template", "referrals/form.html")
    return render(request, template, {"form": form, "today": timezone.localdate(), **context})
