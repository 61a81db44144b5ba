"""The agenda: assembled, added to, put into order."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from meetings import workflow
from meetings.forms import ItemForm
from meetings.forms.preparing import cases_for
from meetings.views.base import Visit, keeps, visit
from panel.permissions import Permission
from referrals.views.base import attempt

STEPS = {
    "up": lambda here, item: workflow.move_item(item=item, up=True, by=here.user, now=here.now),
    "down": lambda here, item: workflow.move_item(item=item, up=False, by=here.user, now=here.now),
    "remove": lambda here, item: workflow.remove_item(item=item, by=here.user, now=here.now),
}
SAID = {"up": "The item stands higher.", "down": "The item stands lower.", "remove": "The item is off the agenda."}


@require_POST
@visit(Permission.PLAN_MEETINGS)
def assemble(here: Visit) -> HttpResponse:
    return here.do(
        lambda: workflow.assemble(meeting=here.meeting, by=here.user, now=here.now),
        "What is due now stands on the agenda.",
    )


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def add(here: Visit) -> HttpResponse:
    form = ItemForm(here.request.POST or None, cases=cases_for(here.user))

    def save() -> None:
        workflow.add_item(meeting=here.meeting, **form.cleaned_data, by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The item stands on the agenda.")
    return here.page("form", form=form, title="Add an item to the agenda")


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def change(here: Visit, item_pk: int) -> HttpResponse:
    item = here.item(item_pk)
    form = ItemForm(here.request.POST or None, initial={"title": item.title, "paper": item.paper})

    def save() -> None:
        data = form.cleaned_data
        workflow.change_item(item=item, title=data["title"], paper=data["paper"], by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The item is changed.")
    return here.page("form", form=form, title="Change the item")


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def step(here: Visit, item_pk: int, verb: str) -> HttpResponse:
    """Up, down, or off the agenda."""
    item = here.item(item_pk)
    if verb not in STEPS:
        raise Http404
    return here.do(lambda: STEPS[verb](here, item), SAID[verb])
