"""One page from which the day of publication is run."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from panel import permissions as panel
from panel.permissions import Permission
from publications import forms, paper, workflow
from publications.standing import strategy_of
from publications.states import Status
from publications.views.base import Visit, visit, visit_form


def _address(here: Visit) -> str:
    return reverse("publications:day", args=[here.publication.reference])


@visit
def day(here: Visit) -> HttpResponse:
    """Times, who, phone numbers, the statement, tick-offs."""
    strategy = strategy_of(here.publication)
    may = panel.can(here.user, Permission.PREPARE_PUBLICATION, on=here.today)
    may_tick = may and here.publication.status in (Status.PLANNED, Status.PUBLISHED)
    items = here.publication.day_items.select_related("ticked_by")
    return here.page(
        "day", items=items, strategy=strategy, leads=paper.leads_of(strategy), may_tick=may_tick,
        may_change=may and here.publication.is_planned,
    )  # fmt: skip


@visit_form
def add(here: Visit) -> HttpResponse:
    here.check()
    form = forms.DayItemForm(here.data)

    def save() -> None:
        workflow.add_item(publication=here.publication, by=here.user, now=here.now, **form.cleaned_data)

    return here.form(form, save, title="Add a line to the day", done="The line is added.", to=_address(here))


@visit_form
def change(here: Visit, pk: int) -> HttpResponse:
    here.check()
    item = get_object_or_404(here.publication.day_items.select_related("publication"), pk=pk)
    initial = {"at": f"{item.at:%H:%M}", "what": item.what, "who": item.who, "phone": item.phone}
    form = forms.DayItemForm(here.data, initial=initial)

    def save() -> None:
        workflow.change_item(item=item, by=here.user, now=here.now, **form.cleaned_data)

    return here.form(
        form, save, title="Change a line of the day", done="The line is saved.", to=_address(here), removable=item,
        template="day_item",
    )  # fmt: skip


@require_POST
@visit
def remove(here: Visit, pk: int) -> HttpResponse:
    here.check()
    item = get_object_or_404(here.publication.day_items.select_related("publication"), pk=pk)
    return here.press(
        lambda: workflow.remove_item(item=item, by=here.user, now=here.now), "The line is removed.", to=_address(here)
    )


@require_POST
@visit
def tick(here: Visit, pk: int) -> HttpResponse:
    """Tick a line off, or take the tick back."""
    here.check()
    item = get_object_or_404(here.publication.day_items.select_related("publication"), pk=pk)
    done = here.request.POST.get("done") == "yes"
    return here.press(
        lambda: workflow.tick_item(item=item, done=done, by=here.user, now=here.now),
        "Ticked off." if done else "The tick is taken back.", to=_address(here),
    )  # fmt: skip
