"""What leaders and the agency do with a single-agency review; the agency by link and code, or signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from agency_returns.actors import Actor, member
from panel.typed import keeps_typed
from practice_reviews import forms, permissions, workflow
from practice_reviews.links import asking as links
from practice_reviews.models import AgencyAsk
from practice_reviews.states import AskStatus
from practice_reviews.views.base import Visit, visit
from practice_reviews.views.steps import Step, ask_form, readdress_form, why
from referrals.views.base import attempt


def _report(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.FindingsForm(data, here.request.FILES or None)


ASK_STEPS = {
    "ask-again": Step("ask_again", "Ask the agency again", ask_form, workflow.ask_again, "The agency is asked again."),
    "readdress": Step(
        "readdress", "Send the link to somebody", readdress_form, workflow.readdress, "A mail is on its way.",
        "Where it is somebody else, the links of who was asked before end.",
    ),
    "report": Step(
        "receive", "Record the agency’s report", _report, workflow.receive_report,
        "The report is recorded.",
    ),
    "withdraw": Step(
        "withdraw", "Withdraw the request?", why("Withdraw it", warning=True), workflow.withdraw_ask,
        "The request is withdrawn and the agency is told.",
    ),
}  # fmt: skip


def _ask_of(here: Visit) -> AgencyAsk:
    ask: AgencyAsk = get_object_or_404(AgencyAsk, review=here.review)
    ask.review = here.review
    return ask


@keeps_typed
@visit
def step(here: Visit, slug: str) -> HttpResponse:
    """One of ASK_STEPS, for leaders."""
    if slug not in ASK_STEPS:
        raise Http404
    chosen, ask = ASK_STEPS[slug], _ask_of(here)
    permissions.check_ask(here.user, ask, chosen.verb, on=here.today)
    form: Any = chosen.form(here, here.data, ask)

    def change() -> None:
        chosen.change(ask=ask, **chosen.read(form), by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, change):
        return here.done(chosen.done, "agency")
    return here.page("form", form=form, title=chosen.title, lead_text=chosen.text)


@keeps_typed
@visit
def answer(here: Visit) -> HttpResponse:
    """A signed-in member of the agency accepts or declines."""
    ask = _ask_of(here)
    permissions.check_ask(here.user, ask, "accept", on=here.today)
    form = forms.AnswerForm(here.data)

    def change() -> None:
        workflow.answer(ask=ask, **form.answer(), by=member(here.user), now=here.now)

    if here.request.method == "POST" and attempt(form, change):
        return here.done("Your answer is with the business manager and the chair.", "agency")
    if ask.status != AskStatus.ASKED and here.request.method == "GET":
        return redirect(here.review)
    return here.page("form", form=form, title="Does your agency accept the review?", lead_text=ask.text)


@login_not_required
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever came by the link and gave its code: this request alone, without an account."""
    link = require_link(request, token, links.ASK)
    if not isinstance(link, AccessLink):
        return link
    ask = links.ask_of(link)
    if ask is None:
        return not_in_use(request)
    return guarded(_linked(request, token, link, ask))


def _linked(request: HttpRequest, token: str, link: AccessLink, ask: AgencyAsk) -> HttpResponse:
    held = take_held(request)
    form = forms.AnswerForm(request.POST or None, initial=held)
    name = ask.lead_name if link.address == ask.lead_address else link.address

    def change() -> None:
        workflow.answer(ask=ask, **form.answer(), by=Actor(name, link.address), now=timezone.now())

    if request.method == "POST" and attempt(form, change):
        messages.success(request, "Your answer is with the business manager and the chair. Thank you.")
        return redirect("practice_reviews:ask-link", token=token)
    shown = form if ask.status == AskStatus.ASKED or form.is_bound else None
    context = {"form": shown, "ask": ask, "review": ask.review, "held": held}
    return render(request, "practice_reviews/by_link.html", context)
