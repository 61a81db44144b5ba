"""Events with practitioners."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from panel.models import Agency
from practice_reviews.forms.beside import WhyForm
from practice_reviews.forms.practitioners import AgainForm, EventForm, HeldForm
from practice_reviews.models import PractitionerEvent
from practice_reviews.views.beside import Visit, keeps, visit
from practice_reviews.workflow import practitioners as workflow


@visit("practitioners")
def events(here: Visit) -> HttpResponse:
    rows = here.review.practitioner_events.with_counts().prefetch_related("agencies__agency")
    for row in rows:
        row.notes, row.learning = here.text(row.notes), here.text(row.learning)
    return here.page("practitioners", events=rows)


def _agencies() -> list[Agency]:
    return list(Agency.objects.filter(is_active=True))


@visit("practitioners")
@keeps
def add(here: Visit) -> HttpResponse:
    here.check()
    form = EventForm(here.data, agencies=_agencies())
    change = partial(workflow.plan_event, review=here.review)
    return here.form(form, change, title="Plan a practitioner event", done="The event is planned.")


def _event(here: Visit, pk: int) -> PractitionerEvent:
    found: PractitionerEvent = get_object_or_404(here.review.practitioner_events.prefetch_related("agencies"), pk=pk)
    return found


@visit("practitioners")
@keeps
def change(here: Visit, pk: int) -> HttpResponse:
    here.check()
    event = _event(here, pk)
    form = EventForm(
        here.data, agencies=_agencies(), invited={row.agency_id: row.invited for row in event.agencies.all()},
        initial={"kind": event.kind, "planned_on": event.planned_on, "place": event.place},
    )  # fmt: skip
    return here.form(form, partial(workflow.change_event, event=event), title="Change the event", done="It is changed.")


@visit("practitioners")
@keeps
def hold(here: Visit, pk: int) -> HttpResponse:
    """Record that it was held, or put that record right."""
    here.check()
    event = _event(here, pk)
    there = {row.agency_id: row.attended for row in event.agencies.all()}
    invited = Agency.objects.filter(pk__in=there) if there else Agency.objects.filter(is_active=True)
    form = HeldForm(
        here.data, agencies=invited, attended=there,
        initial={"held_on": event.held_on or event.planned_on, "notes": event.notes, "learning": event.learning},
    )  # fmt: skip
    return here.form(
        form, partial(workflow.hold_event, event=event), title="Record the event", done="The event is recorded."
    )


@visit("practitioners")
@keeps
def cancel(here: Visit, pk: int) -> HttpResponse:
    here.check()
    form = WhyForm(here.data, submit="Cancel the event", warning=True)
    return here.form(
        form, partial(workflow.cancel_event, event=_event(here, pk)), title="Cancel the event?",
        done="The event is cancelled.",
    )  # fmt: skip


@visit("practitioners")
@keeps
def again(here: Visit, pk: int) -> HttpResponse:
    here.check()
    return here.form(
        AgainForm(here.data), partial(workflow.plan_event_again, event=_event(here, pk)), title="Plan it again",
        done="The event is planned.",
    )  # fmt: skip
