"""Proceedings beside the review."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from practice_reviews.forms.proceedings import (
    ChangeProceedingForm,
    EndProceedingForm,
    ProceedingForm,
    ReopenProceedingForm,
)
from practice_reviews.models import ParallelProceeding
from practice_reviews.views.beside import Visit, keeps, visit
from practice_reviews.workflow import proceedings as workflow

SHOWN = ("contact", "standing", "effect_note", "outcome")
CHANGED = ("contact", "standing", "next_on", "effect", "effect_note")


@visit("proceedings")
def proceedings(here: Visit) -> HttpResponse:
    """Open ones first; what the rapid review lists and is not here yet."""
    rows = list(here.review.proceedings.order_by("-status", "next_on", "pk"))
    for row in rows:
        row.is_past = row.is_past_on(here.today)
        for name in SHOWN:
            setattr(row, name, here.text(getattr(row, name)))
    holding = [row for row in rows if row.is_holding]
    return here.page("proceedings", rows=rows, holding=holding, to_carry=workflow.to_carry_over(here.review))


@visit("proceedings")
@keeps
def add(here: Visit) -> HttpResponse:
    here.check()
    form = ProceedingForm(here.data, initial={"effect": "none"})
    change = partial(workflow.record_proceeding, review=here.review)
    return here.form(form, change, title="Add parallel proceedings", done="The proceedings are recorded.")


@require_POST
@visit("proceedings")
def carry_over(here: Visit) -> HttpResponse:
    here.check()

    def change(**who: Any) -> str:
        made = workflow.carry_over(review=here.review, **who)
        return f"{len(made)} taken over from the rapid review. Look at the effect of each on publication."

    return here.press(change, here.url("proceedings"))


def _row(here: Visit, pk: int) -> ParallelProceeding:
    found: ParallelProceeding = get_object_or_404(here.review.proceedings, pk=pk)
    return found


@visit("proceedings")
@keeps
def change(here: Visit, pk: int) -> HttpResponse:
    here.check()
    row = _row(here, pk)
    form = ChangeProceedingForm(here.data, initial={name: getattr(row, name) for name in CHANGED})
    change = partial(workflow.change_proceeding, proceeding=row)
    return here.form(form, change, title=row.get_kind_display(), done="It is saved.")


@visit("proceedings")
@keeps
def end(here: Visit, pk: int) -> HttpResponse:
    here.check()
    row = _row(here, pk)
    form = EndProceedingForm(here.data)
    change = partial(workflow.end_proceeding, proceeding=row)
    return here.form(form, change, title=f"{row}: ended", done="They have ended.")


@visit("proceedings")
@keeps
def reopen(here: Visit, pk: int) -> HttpResponse:
    here.check()
    row = _row(here, pk)
    form = ReopenProceedingForm(here.data)
    change = partial(workflow.reopen_proceeding, proceeding=row)
    return here.form(form, change, title=f"{row}: they go on", done="They go on.")
