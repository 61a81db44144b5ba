"""Writing single rows: typed by the Panel."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from chronology import permissions, workflow
from chronology.forms import EpisodeForm, GapForm, RowForm, WithdrawForm, agency_of
from chronology.models import Row, Timeline
from chronology.models.findings import GAP_DAYS
from chronology.names import People
from chronology.timeline import Cursor
from core.errors import NotPermitted, WorkflowError
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs, show_form
from referrals.workflow.base import ChangedMeanwhileError


def place_of(row: Row) -> str:
    """The address of the timeline that begins with this row."""
    before = Cursor(row.order, row.pk - 1)
    return f"{reverse('chronology:timeline', args=[row.referral.reference])}?after={before}#row-{row.pk}"


def page(request: HttpRequest, referral: Referral, form: Any, title: str, **more: Any) -> HttpResponse:
    back = more.pop("back", None) or reverse("chronology:timeline", args=[referral.reference])
    template = more.pop("template", "chronology/form.html")
    return show_form(request, form, referral=referral, case_tab="chronology", title=title, back=back,
                     template=template, **more)  # fmt: skip


def found(request: HttpRequest, referral: Referral, key: uuid.UUID) -> Row:
    rows = Row.objects.visible_to(request.user).filter(referral=referral).merged()
    row: Row = get_object_or_404(rows.select_related("referral", "agency"), key=key)
    return row


def done(request: HttpRequest, row: Row, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(place_of(row))


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def add_row(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    people = People(referral, with_names=True)
    form = RowForm(request.POST or None, people=people, today=timezone.localdate(now))
    made: list[Row] = []

    def add() -> None:
        agency = agency_of(form.cleaned_data["agency"])
        made.append(
            workflow.add_row(referral=referral, agency=agency, facts=form.facts(), by=request.user, now=now)  # type: ignore[arg-type]
        )

    if attempt(form, add):
        return done(request, made[0], "The row is in the chronology.")
    return page(request, referral, form, "Add a row to the chronology")


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def edit_row(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    row = found(request, referral, key)
    try:
        permissions.check_change(row, "")
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect(place_of(row))
    people = People(referral, with_names=True)
    form = RowForm(request.POST or None, people=people, today=timezone.localdate(now), row=row)
    try:
        if form.is_valid() and _change(row, form, request.user, now):
            row.refresh_from_db()
            return done(request, row, "The row is changed.")
    except ChangedMeanwhileError:
        row.refresh_from_db()
        form.renew(row)
        return page(request, referral, form, "Change a row", conflict=row, back=place_of(row))
    return page(request, referral, form, "Change a row", row=row, back=place_of(row))


def _change(row: Row, form: RowForm, by: Any, now: Any) -> bool:
    """Whether it was changed; a rule that only the workflow sees becomes an error of the form."""
    try:
        workflow.change_row(row=row, facts=form.facts(), seen=form.cleaned_data["seen"], by=by, now=now)
    except (NotPermitted, ChangedMeanwhileError):
        raise
    except WorkflowError as error:
        form.add_error(None, str(error))
        return False
    return True


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def withdraw_row(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    row = found(request, referral, key)
    form = WithdrawForm(request.POST or None)

    def withdraw() -> None:
        workflow.withdraw_row(row=row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())  # type: ignore[arg-type]

    if attempt(form, withdraw):
        messages.success(request, "The row is withdrawn. It stays in the history.")
        return redirect("chronology:timeline", referral.reference)
    return page(request, referral, form, "Withdraw a row", row=row, back=place_of(row))


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def mark_episode(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    row, now = found(request, referral, key), timezone.now()
    if request.method == "POST" and "unmark" in request.POST:
        workflow.unmark_key_episode(row=row, by=request.user, now=now)  # type: ignore[arg-type]
        return done(request, row, "The row is no key practice episode any more.")
    form = EpisodeForm(request.POST or None, initial={"title": row.key_title})
    if row.is_key_episode:
        form.submit, form.more_buttons = "Save title", (("unmark", "Take the mark away"),)  # type: ignore[misc]

    def mark() -> None:
        workflow.mark_key_episode(row=row, title=form.cleaned_data["title"], by=request.user, now=now)  # type: ignore[arg-type]

    if attempt(form, mark):
        return done(request, row, "The row is marked as a key practice episode.")
    return page(request, referral, form, "Key practice episode", row=row, back=place_of(row))


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def set_gap_days(request: HttpRequest, referral: Referral) -> HttpResponse:
    days = Timeline.objects.filter(referral=referral).values_list("gap_days", flat=True).first() or GAP_DAYS
    form = GapForm(request.POST or None, initial={"days": days})

    def save() -> None:
        workflow.set_gap_days(referral=referral, days=form.cleaned_data["days"], by=request.user, now=timezone.now())  # type: ignore[arg-type]

    if attempt(form, save):
        messages.success(request, f"Gaps are told from {form.cleaned_data['days']} days on.")
        return redirect("chronology:findings", referral.reference)
    back = reverse("chronology:findings", args=[referral.reference])
    return page(request, referral, form, "Length of a gap", back=back)
