"""The list of publications, one publication with its plan, its date and its steps."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from deadlines import calendar as stored
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications import forms, permissions, plan, workflow
from publications.models import Publication
from publications.page import PublicationPage, rows_of
from publications.views.base import Visit, visit, visit_form
from referrals.models import Referral
from referrals.views.base import attempt, case_page


def publications(request: HttpRequest) -> HttpResponse:
    """Every publication that this person sees, and the reviews whose publication nobody has planned yet."""
    panel.check(request.user, Permission.SEE_CASES)  # type: ignore[arg-type]
    today = timezone.localdate()
    rows = rows_of(Publication.objects.visible_to(request.user, on=today))
    context = {"rows": rows, "today": today, "unplanned": _unplanned(request.user, today)}
    return render(request, "publications/list.html", context)


def _unplanned(user: Any, today: date) -> QuerySet[PracticeReview]:
    """The reviews whose publication `user` may plan; none for those who may not."""
    visible = PracticeReview.objects.visible_to(user, on=today)
    if not panel.can(user, Permission.PREPARE_PUBLICATION, on=today):
        return visible.none()
    return visible.filter(publication__isnull=True).exclude(status=ReviewStatus.STOPPED)


@case_page
def case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The publications of the reviews of one case, and those still to be planned."""
    today = timezone.localdate()
    visible = Publication.objects.visible_to(request.user, on=today)
    context = {
        "rows": rows_of(visible.filter(practice_review__referral=referral)),
        "today": today,
        "unplanned": _unplanned(request.user, today).filter(referral=referral),
    }
    return render(request, "publications/case.html", context | {"referral": referral, "case_tab": "publication"})


@keeps_typed
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan the publication of a review for a day."""
    review = get_object_or_404(PracticeReview.objects.visible_to(request.user), reference=reference)
    there = Publication.objects.filter(practice_review=review).first()
    if there is not None:
        return redirect(there)
    now = timezone.now()
    permissions.check_plan(request.user, review, on=timezone.localdate(now))  # type: ignore[arg-type]
    form, made = forms.PlanForm(request.POST or None), []  # type: ignore[var-annotated]

    def save() -> None:
        day = form.cleaned_data["planned_on"]
        made.append(workflow.plan_publication(review=review, planned_on=day, by=request.user, now=now))  # type: ignore[arg-type]

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The publication is planned. Every step has its date.")
        return redirect(made[0])
    context = {"form": form, "review": review, "title": "Plan the publication"}
    return render(request, "publications/start.html", context)


@visit
def publication(here: Visit) -> HttpResponse:
    """Where it stands: what is missing, the plan, the words and who agreed to them."""
    page = PublicationPage(here.publication, here.user, here.today, here.now)
    return here.page("publication", page=page)


@visit_form
def move(here: Visit) -> HttpResponse:
    """Another day: first what would change and what would no longer fit, then the reason."""
    here.check()
    form = forms.MoveForm(here.data, initial={"to": here.publication.planned_on})
    lines: list[plan.Line] = []

    def save() -> None:
        data = form.cleaned_data
        if "look" in here.request.POST:
            lines.extend(_preview(here, data["to"]))
            return
        workflow.move_date(
            publication=here.publication, to=data["to"], reason=data["reason"], by=here.user, now=here.now
        )

    if here.request.method == "POST" and attempt(form, save) and not lines:
        return here.done("The date is moved, and the people concerned are told.")
    to = form.cleaned_data["to"] if lines else None
    return here.page("move", form=form, title="Move the date", lines=lines, to=to)


def _preview(here: Visit, to: Any) -> list[plan.Line]:
    calendar = stored.current()
    workflow.check_day(to, calendar, here.now)
    return plan.lines(here.publication.steps.all(), to, calendar, today=here.today)


@visit_form
def step(here: Visit, pk: int) -> HttpResponse:
    """Done on a day, not needed, or to be done after all."""
    here.check()
    row = get_object_or_404(here.publication.steps.select_related("publication"), pk=pk)
    state = "done" if row.done_on else "not_needed" if row.not_needed_reason else None
    initial = {"state": state, "done_on": row.done_on, "note": row.note, "reason": row.not_needed_reason}
    form = forms.StepForm(here.data, step=row, initial=initial)
    return here.form(form, lambda: _save_step(here, row, form), title=row.title, done="The plan is saved.", step=row)


def _save_step(here: Visit, row: Any, form: forms.StepForm) -> None:
    data, who = form.cleaned_data, {"by": here.user, "now": here.now}
    if data["state"] == "done":
        late = {name: data.get(name, "") for name in ("late_reason", "told")}
        workflow.complete_step(step=row, done_on=data["done_on"], text=data["note"], **late, **who)
    elif data["state"] == "not_needed":
        workflow.skip_step(step=row, reason=data["reason"], **who)
    else:
        workflow.reopen_step(step=row, **who)


@visit_form
def add_step(here: Visit) -> HttpResponse:
    here.check()
    form = forms.AddStepForm(here.data)

    def save() -> None:
        title, who = form.cleaned_data["title"], form.cleaned_data["who"]
        workflow.add_step(
            publication=here.publication, title=title, who=who, days=form.days, by=here.user, now=here.now
        )

    return here.form(form, save, title="Add a step", done="The step is in the plan.")


@require_POST
@visit
def check_links(here: Visit) -> HttpResponse:
    """Have its addresses looked at soon instead of tomorrow."""
    workflow.ask_check(publication=here.publication, by=here.user, now=here.now)
    return here.done("The addresses are looked at in the next minutes.")
