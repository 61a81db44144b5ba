"""The Panel's side: whom to ask, what has come, whom to chase."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from access_links.workflow import usable_for
from agency_returns import board, chasing, permissions, workflow
from agency_returns.asking import agencies_of, due_on
from agency_returns.choices import Anchor
from agency_returns.contents import contents_of
from agency_returns.forms import AskForm, ChangeRequestForm
from agency_returns.models import ChaseStep, InformationRequest
from agency_returns.permissions import can_answer, can_ask, can_read
from agency_returns.states import UNANSWERED
from agency_returns.views.answering import receipt_file
from agency_returns.workflow import Wanted
from core.errors import NotPermitted, WorkflowError
from deadlines import calendar
from panel import permissions as panel
from panel.permissions import Permission
from referrals.forms.base import ConfirmForm
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs

TAB = "returns"


def _request(http: HttpRequest, referral: Referral, pk: int) -> InformationRequest:
    """The request, if this person sees it: an invited representative only their own agency's."""
    visible = InformationRequest.objects.visible_to(http.user).filter(referral=referral)
    return get_object_or_404(visible.select_related("agency", "referral", "asked_by"), pk=pk)


def _page(http: HttpRequest, referral: Referral, template: str, **context: Any) -> HttpResponse:
    context = {"referral": referral, "case_tab": TAB, "today": timezone.localdate()} | context
    return render(http, f"agency_returns/{template}.html", context)


def all_cases(http: HttpRequest) -> HttpResponse:
    """The chase board over every case that this person sees."""
    panel.check(http.user, Permission.SEE_CASES)
    today = timezone.localdate()
    lines = board.lines(InformationRequest.objects.visible_to(http.user), today)
    wanted = http.GET.get("state", "")
    chosen = [line for line in lines if wanted in ("", line.state.code)]
    counts = board.counts(lines)
    return render(
        http, "agency_returns/board.html",
        {"lines": chosen, "all": lines, "counts": counts, "wanted": wanted, "today": today},
    )  # fmt: skip


@case_page
def case(http: HttpRequest, referral: Referral) -> HttpResponse:
    """The returns of one case."""
    today = timezone.localdate()
    visible = InformationRequest.objects.visible_to(http.user).filter(referral=referral)
    lines = board.lines(visible, today)
    may_ask = can_ask(http.user, referral, on=today) and permissions.is_open(referral)
    open_lines = [line.request for line in lines if line.request.standing in UNANSWERED]
    mine = [request for request in open_lines if can_answer(http.user, request, on=today)]
    unasked = agencies_of(referral, today)
    context = {"lines": lines, "counts": board.counts(lines), "may_ask": may_ask, "mine": mine, "unasked": unasked}
    return _page(http, referral, "case", ready=any(found.is_ready for found in unasked), **context)


@case_page
@needs(Permission.ASK_AGENCIES)
def ask(http: HttpRequest, referral: Referral) -> HttpResponse:
    """Who would get what, missing leads with the place to mend it, and one button for all."""
    now = timezone.now()
    today = timezone.localdate(now)
    agencies = agencies_of(referral, today)
    ready = [found for found in agencies if found.is_ready]
    chosen = [found for found in ready if http.GET.get("agency") in (None, str(found.agency.pk))]
    form = AskForm(http.POST or None, initial={"due_on": due_on(referral, today, calendar.current())})
    made: list[InformationRequest] = []

    def save() -> None:
        wanted = Wanted(**form.cleaned_data)
        to = [found.agency for found in chosen]
        made.extend(workflow.ask(referral=referral, agencies=to, wanted=wanted, by=http.user, now=now))

    if chosen and attempt(form, save):
        messages.success(http, f"{len(made)} {'agency is' if len(made) == 1 else 'agencies are'} asked by mail.")
        return redirect("agency_returns:case", referral.reference)
    back = reverse("agency_returns:case", args=[referral.reference])
    return _page(http, referral, "ask", form=form, agencies=agencies, chosen=chosen, back=back)


@case_page
def request(http: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    """One agency's return: where it stands, its versions, its links."""
    found = _request(http, referral, pk)
    today, now = timezone.localdate(), timezone.now()
    may_ask = can_ask(http.user, referral, on=today)
    versions = [contents_of(found, version) for version in found.versions.exclude(signed_at=None).order_by("-version")]
    return _page(
        http, referral, "request", line=board.line_of(found, today), row=found, versions=versions,
        may_read=can_read(http.user, referral, on=today), may_ask=may_ask and permissions.is_open(referral),
        links=usable_for([found.subject], now=now).get(found.subject, []) if may_ask else [],
        may_answer=can_answer(http.user, found, on=today), hand_overs=found.hand_overs.all(),
        back=reverse("agency_returns:case", args=[referral.reference]), chases=found.chases.select_related("step")[:10],
    )  # fmt: skip


@case_page
def receipt(http: HttpRequest, referral: Referral, pk: int, number: int) -> HttpResponse:
    found = _request(http, referral, pk)
    version = get_object_or_404(found.versions.exclude(signed_at=None), version=number)
    version.request = found
    return receipt_file(version)


@case_page
@needs(Permission.ASK_AGENCIES)
def change(http: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    """Another lead, another date."""
    found = _request(http, referral, pk)
    initial = {"lead_name": found.lead_name, "lead_address": found.lead_address, "due_on": found.due_on}
    form = ChangeRequestForm(http.POST or None, initial=initial)

    def save() -> None:
        workflow.change_request(request=found, **form.cleaned_data, by=http.user, now=timezone.now())

    if attempt(form, save):
        messages.success(http, "The request is changed.")
        return redirect(found)
    title = f"Change the request to {found.agency}"
    return _page(http, referral, "panel_form", form=form, title=title, back=found.get_absolute_url())


@require_POST
@case_page
@needs(Permission.ASK_AGENCIES)
def again(http: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    """A new link by mail."""
    found = _request(http, referral, pk)
    try:
        workflow.ask_again(request=found, by=http.user, now=timezone.now())
        messages.success(http, f"A new link is on its way to {found.lead_address}.")
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(http, str(error))
    return redirect(found)


def _confirmed(http: HttpRequest, referral: Referral, pk: int, change: Any, **words: str) -> HttpResponse:
    found = _request(http, referral, pk)
    form = ConfirmForm(http.POST if http.method == "POST" else None, submit=words.pop("submit"))
    if attempt(form, lambda: change(request=found, by=http.user, now=timezone.now())):
        messages.success(http, words["done"])
        return redirect(found)
    return _page(http, referral, "panel_form", form=form, back=found.get_absolute_url(), **words)


@case_page
@needs(Permission.ASK_AGENCIES)
def revoke(http: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    text = "Every link of this request ends at once, also for people who have it open. You can send a new one."
    return _confirmed(
        http, referral, pk, workflow.revoke_links, title="Withdraw the links?", lead_text=text,
        submit="Withdraw the links", done="The links have ended.",
    )  # fmt: skip


@case_page
@needs(Permission.ASK_AGENCIES)
def close(http: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    text = "The agency is asked no more and its links end. What it has written so far stays unread."
    return _confirmed(
        http, referral, pk, workflow.close, title="Close the request unanswered?", lead_text=text,
        submit="Close the request", done="The request is closed.",
    )  # fmt: skip


def chase(http: HttpRequest) -> HttpResponse:
    """Who will be reminded of what, exactly as the next run would do it; and the ladder."""
    panel.check(http.user, Permission.ASK_AGENCIES)
    now = timezone.now()
    if http.method == "POST":
        sent = workflow.chase(now=now)
        quiet = not sent and bool(chasing.plan(now))
        told = "Nothing was sent: these are quiet hours. It goes by itself later." if quiet else f"{len(sent)} sent."
        messages.success(http, told)
        return redirect("agency_returns:chase")
    visible = set(InformationRequest.objects.visible_to(http.user).values_list("pk", flat=True))
    digests = board.without_walled(chasing.plan(now), visible)
    return render(http, "agency_returns/chase.html", {"digests": digests, "steps": _in_order(ChaseStep.objects.all())})


def _in_order(steps: Iterable[ChaseStep]) -> list[ChaseStep]:
    """As time goes: the earliest step first."""
    return sorted(steps, key=lambda step: -step.offset if step.anchor == Anchor.BEFORE_DUE else step.offset)
