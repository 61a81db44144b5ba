"""What the Panel does with one action: each step a page that asks what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actions import forms, permissions, workflow
from actions.states import TABLE, DateStatus
from actions.views.base import Visit, visit
from actions.workflow.escalating import check_answer
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from panel import permissions as panel
from panel.permissions import Permission
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt

Maker = Callable[[Visit, Any], BaseForm]


@dataclass(frozen=True)
class Step:
    """A page: its title and text, the form made for it, the workflow function, and what is said afterwards."""

    title: str
    form: Maker
    change: Callable[..., Any]
    done: str
    text: str = ""
    permission: Permission | None = None  # for steps that are no verb of the table


def _confirm(submit: str) -> Maker:
    return lambda here, data: ConfirmForm(data, submit=submit)


def _why(submit: str, *, warning: bool = False) -> Maker:
    return lambda here, data: forms.ReasonForm(data, submit=submit, warning=warning)


def _close(here: Visit, data: Any) -> BaseForm:
    return forms.CloseForm(data, is_chair=panel.can(here.user, Permission.DECIDE_ACTION_DATES, on=here.today))


def _colour(here: Visit, data: Any) -> BaseForm:
    action = here.action
    return forms.ColourForm(data, initial={"colour": action.rag_override, "reason": action.rag_override_reason})


def _impact(here: Visit, data: Any) -> BaseForm:
    action = here.action
    return forms.ImpactForm(
        data, initial={"impact": action.impact, "text": action.impact_text, "check_on": action.impact_check_on}
    )


STEPS = {
    "agree": Step(
        "Agree this action?",
        _confirm("Agree it"),
        workflow.agree,
        "The action is agreed and its lead is told.",
        "From now on it binds: its lead gets a mail, and reminders follow the escalation ladder.",
    ),
    "send-back": Step(
        "Send it back?",
        _why("Send it back"),
        workflow.send_back,
        "The action is open again and its lead is told.",
        "The agency reads what is missing and goes on working on it.",
    ),
    "confirm": Step(
        "Confirm that it is complete?",
        _confirm("Confirm it"),
        workflow.confirm,
        "The action is complete: blue.",
        "Blue means that there is evidence, and that somebody else than who gave it has seen it.",
    ),
    "close": Step("Close the action", _close, workflow.close, "The action is closed."),
    "cancel": Step(
        "Cancel the action?",
        _why("Cancel it", warning=True),
        workflow.cancel,
        "The action is cancelled.",
        "Nobody has to do it any more. It stays in the log with your reason.",
    ),
    "reopen": Step(
        "Open the action again", lambda here, data: forms.ReopenForm(data), workflow.reopen, "The action is open again."
    ),
    "colour": Step(
        "Set the colour by hand",
        _colour,
        workflow.set_colour,
        "The colour is saved.",
        permission=Permission.MANAGE_ACTIONS,
    ),
    "impact": Step(
        "Impact on children",
        _impact,
        workflow.record_impact,
        "The impact is saved.",
        "Apart from whether it was done: did anything change for children?",
        Permission.MANAGE_ACTIONS,
    ),
    "escalate": Step(
        "Escalate the action",
        lambda here, data: forms.EscalateForm(data),
        workflow.escalate,
        "The action is escalated, and those asked are told.",
        "It asks for an answer, and stands in the highlight report until it has one.",
        Permission.MANAGE_ACTIONS,
    ),
}


@visit
def step(here: Visit, slug: str) -> HttpResponse:
    """One of STEPS."""
    if slug not in STEPS:
        raise Http404
    chosen, verb = STEPS[slug], slug.replace("-", "_")
    if chosen.permission:
        permissions.check(here.user, chosen.permission, here.action, on=here.today)
    else:
        permissions.check_person(here.user, here.action, verb, on=here.today)
    form = chosen.form(here, here.request.POST if here.request.method == "POST" else None)

    def change() -> None:
        chosen.change(action=here.action, **form.cleaned_data, by=here.user, now=here.now)  # type: ignore[attr-defined]

    if attempt(form, change):
        return here.done(chosen.done)
    if chosen.permission is None and here.request.method == "GET" and TABLE.find(here.action.status, verb) is None:
        return _not_now(here, verb)
    return here.page("form", form=form, title=chosen.title, lead_text=chosen.text)


def _not_now(here: Visit, verb: str) -> HttpResponse:
    try:
        TABLE.check(here.action.status, verb)
    except InvalidTransition as error:
        messages.error(here.request, str(error))
    return redirect(here.action)


@visit
def decide_date(here: Visit, pk: int) -> HttpResponse:
    """Approve or refuse another date, with the reason in view."""
    permissions.check_decide_date(here.user, here.action, on=here.today)
    asked = get_object_or_404(here.action.date_changes, pk=pk)
    form = forms.DecideDateForm(here.request.POST or None)

    def change() -> None:
        approve = form.cleaned_data["approve"] == "yes"
        workflow.decide_date(
            change=asked, approve=approve, reason=form.cleaned_data["reason"], by=here.user, now=here.now
        )

    if attempt(form, change):
        return here.done("The decision is saved and the lead is told.")
    shown = form if asked.status == DateStatus.ASKED else None
    return here.page("decide_date", form=shown, change=asked, title="Another date for this action")


@visit
def answer(here: Visit, pk: int) -> HttpResponse:
    """The answer for an escalated action."""
    escalation = get_object_or_404(here.action.escalations.select_related("action", "answered_by"), pk=pk)
    check_answer(here.user, escalation, now=here.now)
    form = forms.AnswerForm(here.request.POST or None)

    def change() -> None:
        workflow.answer(escalation=escalation, text=form.cleaned_data["text"], by=here.user, now=here.now)

    if attempt(form, change):
        return here.done("The answer is saved.")
    shown = form if escalation.is_open else None
    return here.page("answer", form=shown, escalation=escalation, title="Answer for an escalated action")


def _press(here: Visit, change: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(here.request, change())
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(here.request, str(error))
    return redirect(here.action)


@require_POST
@visit
def see_evidence(here: Visit, pk: int) -> HttpResponse:
    evidence = get_object_or_404(here.action.evidence.select_related("action"), pk=pk)

    def change() -> str:
        workflow.see_evidence(evidence=evidence, by=here.user, now=here.now)
        return "It is recorded that you have seen the evidence."

    return _press(here, change)


@require_POST
@visit
def send_link(here: Visit) -> HttpResponse:
    permissions.check(here.user, Permission.MANAGE_ACTIONS, here.action, on=here.today)
    return _press(
        here, lambda: f"A mail is on its way to {workflow.send_link(action=here.action, by=here.user, now=here.now)}."
    )
