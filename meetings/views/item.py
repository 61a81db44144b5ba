"""Meeting mode: one item. Conflicts, what was said and decided, dissent, actions on the spot."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from meetings import workflow
from meetings.choices import ItemKind
from meetings.forms import CaptureForm, ConflictForm, DissentForm, MeetingActionForm
from meetings.models import AgendaItem
from meetings.packs.contents import waiting_minutes
from meetings.people import may_attend
from meetings.room import Room, standing
from meetings.views.base import Visit, keeps, visit
from meetings.workflow.capturing import FIELDS, LONG
from panel.models import Membership
from panel.permissions import Permission
from rapid_reviews.views.clashing import overtaken
from referrals.choices import ConflictKind
from referrals.views.base import attempt

OUT_AND_BACK = {
    "out": (workflow.go_out, "left the room for this item"),
    "back": (workflow.come_back, "is back in the room"),
}


def _context(here: Visit, item: AgendaItem) -> dict[str, Any]:
    items = list(AgendaItem.objects.visible_to(here.user).standing().filter(meeting=here.meeting))
    at = [one.pk for one in items].index(item.pk)
    return {
        "item": item, "standing": standing(item, Room(here.meeting)), "number": at + 1, "back": here.url("room"),
        "before": items[at - 1] if at else None, "after": items[at + 1] if at + 1 < len(items) else None,
        "dissents": item.dissents.select_related("membership__user", "membership__agency"),
        "actions": item.actions.select_related("action__owner"),
        "waiting": waiting_minutes(here.meeting) if item.kind == ItemKind.MINUTES else None,
    }  # fmt: skip


def _capture_form(here: Visit, item: AgendaItem) -> CaptureForm:
    initial = {name: getattr(item, name) for name in FIELDS} | {"version": item.version}
    return CaptureForm(here.request.POST or None, item=item, initial=initial)


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def item(here: Visit, item_pk: int) -> HttpResponse:
    found = here.item(item_pk)
    form = _capture_form(here, found)

    def save() -> None:
        captured, version = form.captured(), form.cleaned_data["version"]
        workflow.capture(item=found, captured=captured, version=version, by=here.user, now=here.now)

    if here.request.method == "POST":
        try:
            if attempt(form, save):
                return here.go("What was captured is saved.", "item", item_pk)
        except workflow.CapturedMeanwhileError as error:
            return _together(here, found, form, error)
    return here.page("item", form=form, **_context(here, found))


def _together(
    here: Visit, found: AgendaItem, form: CaptureForm, error: workflow.CapturedMeanwhileError
) -> HttpResponse:
    """Two clerks at once: both texts, put together, in the boxes; nothing of either is lost."""
    mine = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    clash, data = overtaken(form, error, mine=mine, long=[name for name in LONG if name in mine])  # type: ignore[arg-type]
    both = CaptureForm(data, item=found)
    return here.page("together", form=both, clash=clash, title=found.title, again=here.url("item", found.pk))


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def asked(here: Visit, item_pk: int) -> HttpResponse:
    found = here.item(item_pk)
    return here.do(
        lambda: workflow.ask_conflicts(item=found, by=here.user, now=here.now),
        "It is kept that conflicts of interest were asked for.", "item", item_pk,
    )  # fmt: skip


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def declare(here: Visit, item_pk: int) -> HttpResponse:
    found = here.item(item_pk)
    form = ConflictForm(here.request.POST or None, seats=may_attend(here.meeting))

    def save() -> None:
        data = form.cleaned_data | {"kind": ConflictKind(form.cleaned_data["kind"])}
        workflow.declare(item=found, **data, by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The conflict of interest is recorded. Record when they leave the room.", "item", item_pk)
    words = "From now on the case is closed to them everywhere." if found.referral else ""
    return _form(here, found, form, "Record a conflict of interest", words)


def _form(here: Visit, found: AgendaItem, form: Any, title: str, words: str = "") -> HttpResponse:
    return here.page("form", form=form, title=title, lead_text=words, back=here.url("item", found.pk), item=found)


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def out_and_back(here: Visit, item_pk: int, seat_pk: int, verb: str) -> HttpResponse:
    found = here.item(item_pk)
    if verb not in OUT_AND_BACK:
        raise Http404
    seat = get_object_or_404(Membership.objects.select_related("user"), pk=seat_pk)
    change, said = OUT_AND_BACK[verb]
    return here.do(
        lambda: change(item=found, seat=seat, by=here.user, now=here.now), f"{seat.user} {said}.", "item", item_pk
    )


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def dissent(here: Visit, item_pk: int) -> HttpResponse:
    found = here.item(item_pk)
    form = DissentForm(here.request.POST or None, seats=Room(here.meeting).here)

    def save() -> None:
        workflow.dissent(item=found, **form.cleaned_data, by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The dissent is recorded.", "item", item_pk)
    return _form(here, found, form, "Record a dissent")


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def add_action(here: Visit, item_pk: int) -> HttpResponse:
    """Into the log, without leaving the meeting."""
    found = here.item(item_pk)
    form = MeetingActionForm(here.request.POST or None, may_agree=here.can(Permission.MANAGE_ACTIONS))

    def save() -> None:
        agree = bool(form.cleaned_data.get("agree"))
        workflow.add_action(item=found, facts=form.facts(), agree=agree, by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The action stands in the log and under this item.", "item", item_pk)
    return _form(here, found, form, "Add an action")
