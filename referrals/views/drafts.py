from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from deadlines import calendar
from panel.typed import keeps_typed
from referrals import workflow
from referrals.forms import ConfirmForm, DatesForm, IncidentForm, ReferrerForm
from referrals.forms.base import SectionForm
from referrals.forms.lead import DraftLeadForm
from referrals.models import Referral
from referrals.sections import task_list
from referrals.views.base import draft_page, show_form
from referrals.workflow.base import facts_of
from referrals.workflow.drafts import DATE_FIELDS, REFERRER_FIELDS, incident_facts


@draft_page
def tasks(request: HttpRequest, draft: Referral) -> HttpResponse:
    """The task list of a draft, each part with what it still needs."""
    parts = task_list(draft, calendar.current())
    asked = [part for part in parts[:-1] if not part.is_optional]
    done = sum(part.is_complete for part in asked)
    context = {"draft": draft, "parts": parts, "done": done, "of": len(asked)}
    return render(request, "referrals/tasks.html", context)


def save_part(
    request: HttpRequest, draft: Referral, form: SectionForm, title: str, save: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Save one part and go back to the task list; on errors show it again with what was typed."""
    back = reverse("referrals:draft-tasks", args=[draft.key])
    if request.method == "POST" and form.is_valid():
        try:
            save(form.facts())
        except NotPermitted:
            raise
        except workflow.ChangedMeanwhileError as conflict:
            form.renew(conflict.saved)
            saved = saved_words(form, conflict.saved)
            return show_form(request, form, title=title, back=back, draft=draft, conflict=saved)
        except WorkflowError as error:
            form.add_error(None, str(error))
        else:
            return redirect(back)
    return show_form(request, form, title=title, back=back, draft=draft)


def saved_words(form: SectionForm, saved: Any) -> list[tuple[str, str]]:
    """What another window saved, field by field, where it differs from what stands in this form."""
    words = []
    for name, value in saved.items():
        field = form.fields.get(name)
        if field is not None and value != form.cleaned_data.get(name):
            words.append((str(field.label), _in_words(field, value)))
    return words


def _in_words(field: Field, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str):
        return str(dict(getattr(field, "choices", [])).get(value, value))
    return "" if value is None else str(value)


@draft_page
@keeps_typed
def incident(request: HttpRequest, draft: Referral) -> HttpResponse:
    now = timezone.now()
    form = IncidentForm(request.POST or None, draft=draft, facts=incident_facts(draft), today=timezone.localdate(now))

    def save(facts: dict[str, Any]) -> None:
        harm_types = facts.pop("harm_types")
        seen = form.cleaned_data["seen"]
        workflow.save_incident(draft=draft, facts=facts, harm_types=harm_types, by=request.user, now=now, seen=seen)

    return save_part(request, draft, form, "The incident", save)


@draft_page
@keeps_typed
def dates(request: HttpRequest, draft: Referral) -> HttpResponse:
    now = timezone.now()
    form = DatesForm(
        request.POST or None, draft=draft, facts=facts_of(draft, DATE_FIELDS), calendar=calendar.current(),
        today=timezone.localdate(now),
    )  # fmt: skip

    def save(facts: dict[str, Any]) -> None:
        workflow.save_dates(draft=draft, facts=facts, by=request.user, now=now, seen=form.cleaned_data["seen"])

    return save_part(request, draft, form, "Dates", save)


@draft_page
def lead(request: HttpRequest, draft: Referral) -> HttpResponse:
    now = timezone.now()
    facts = {"lead": draft.lead}
    form = DraftLeadForm(request.POST or None, draft=draft, facts=facts, today=timezone.localdate(now))

    def save(facts: dict[str, Any]) -> None:
        if facts["lead"] is not None:
            seen = form.cleaned_data["seen"]
            workflow.save_lead(draft=draft, lead=facts["lead"], by=request.user, now=now, seen=seen)

    return save_part(request, draft, form, "Lead", save)


@draft_page
@keeps_typed
def referrer(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Who refers: asked of referrals only."""
    form = ReferrerForm(request.POST or None, draft=draft, facts=facts_of(draft, REFERRER_FIELDS))

    def save(facts: dict[str, Any]) -> None:
        seen = form.cleaned_data["seen"]
        workflow.save_referrer(draft=draft, facts=facts, by=request.user, now=timezone.now(), seen=seen)

    return save_part(request, draft, form, "Who refers", save)


@draft_page
def discard(request: HttpRequest, draft: Referral) -> HttpResponse:
    form = ConfirmForm(request.POST if request.method == "POST" else None, submit="Discard the draft")
    if request.method == "POST":
        workflow.discard_draft(draft=draft, by=request.user, now=timezone.now())
        messages.success(request, "The draft was discarded.")
        return redirect("referrals:referral-list")
    return show_form(
        request, form, title="Discard this draft?", draft=draft,
        back=reverse("referrals:draft-tasks", args=[draft.key]),
        lead_text="What was written in it will no longer be shown anywhere. The case list does not change.",
    )  # fmt: skip
