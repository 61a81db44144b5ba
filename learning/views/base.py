"""What the pages of learning share: finding a row among what the person sees, steps, forms that two windows fill."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.errors import InvalidTransition
from learning import forms, permissions
from panel import permissions as panel
from panel.permissions import Permission
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt
from referrals.workflow.base import ChangedMeanwhileError, fingerprint

PER_PAGE = 25


def need(request: HttpRequest, permission: Permission) -> None:
    """403 with a sentence for who has no such right at all."""
    panel.check(request.user, permission)  # type: ignore[arg-type]


def found(request: HttpRequest, model: Any, *related: str, **key: Any) -> Any:
    """The row, if this person sees it; else "not found"."""
    return get_object_or_404(model.objects.visible_to(request.user).select_related(*related), **key)


def paged(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return render(request, f"learning/{template}.html", {"today": timezone.localdate()} | context)


def said(request: HttpRequest, message: str, to: Any, *args: Any) -> HttpResponse:
    messages.success(request, message)
    return redirect(to, *args)


def saved(request: HttpRequest, form: BaseForm, change: Callable[[], Any]) -> bool:
    """Whether it was posted and is saved now. After a conflict, saving again replaces what the other window saved."""

    def save() -> None:
        try:
            change()
        except ChangedMeanwhileError as error:
            form.data = form.data.copy()
            form.data["seen"] = fingerprint(error.saved)
            raise

    return request.method == "POST" and attempt(form, save)


def with_seen(facts: dict[str, object]) -> dict[str, object]:
    """Initial values of a form, with the fingerprint of what stands now."""
    return facts | {"seen": fingerprint(facts)}


@dataclass(frozen=True)
class Step:
    """A page that asks before it does one verb: form, change (row, cleaned data, by, now), what is said then."""

    verb: str
    title: str
    form: Callable[[Any], BaseForm]
    change: Callable[..., Any]
    done: str
    text: str = ""


def confirm(submit: str) -> Callable[[Any], BaseForm]:
    def made(data: Any) -> BaseForm:
        form = ConfirmForm(data, submit=submit)
        form.warning = False  # type: ignore[misc]
        return form

    return made


def why(submit: str, *, warning: bool = False, label: str = "Why?") -> Callable[[Any], BaseForm]:
    return lambda data: forms.ReasonForm(data, submit=submit, warning=warning, label=label)


def day(submit: str) -> Callable[[Any], BaseForm]:
    return lambda data: forms.DayForm(data, submit=submit)


def take_step(request: HttpRequest, row: Any, steps: dict[str, Step], slug: str) -> HttpResponse:
    """One of `steps`; a verb that the status does not allow is said, and the row's page shown."""
    if slug not in steps:
        raise Http404
    chosen, now = steps[slug], timezone.now()
    user: Any = request.user
    permissions.check_person(user, row, chosen.verb, on=timezone.localdate(now))
    form = chosen.form(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: chosen.change(row, form.cleaned_data, by=user, now=now)):
        return said(request, chosen.done, row)
    if request.method == "GET" and (refused := _not_now(row, chosen.verb)):
        messages.error(request, refused)
        return redirect(row)
    return show(request, "form", form=form, title=chosen.title, lead_text=chosen.text, row=row, **back_to(row))


def _not_now(row: Any, verb: str) -> str:
    try:
        permissions.TABLES[type(row)].check(row.status, verb)
    except InvalidTransition as error:
        return str(error)
    return ""


def back_to(row: Any) -> dict[str, str]:
    return {"back": row.get_absolute_url(), "caption": str(row)}


def verbs(request: HttpRequest, row: Any, on: date) -> dict[str, bool]:
    """For templates: verbs.agree."""
    return dict.fromkeys(permissions.verbs_for(request.user, row, on=on), True)  # type: ignore[arg-type]
