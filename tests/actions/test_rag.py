"""The colours: by the dates, by hand, and the database says the same as the page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from actions import workflow
from actions.choices import ClosedBy, Rag
from actions.models import Action
from actions.rag import by_slippage, standing
from actions.states import Status
from core.errors import WorkflowError
from tests.actions.factories import action_at, lead

DUE = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("on", "colour"),
    [
        (date(2026, 1, 31), Rag.GREEN),  # due that day: met until midnight
        (date(2026, 2, 1), Rag.AMBER),
        (date(2026, 2, 28), Rag.AMBER),  # one month after 31 January is the last day of February
        (date(2026, 3, 1), Rag.RED),
    ],
)
def test_by_slippage(on, colour):
    assert by_slippage(Action(status=Status.OPEN, due_on=DUE), on).rag == colour


def test_what_is_off_the_scale_and_what_is_not():
    late = date(2027, 1, 1)
    assert by_slippage(Action(status=Status.OPEN, due_on=DUE, at_risk_reason="x"), DUE).rag == Rag.AMBER
    assert by_slippage(Action(status=Status.CLAIMED, due_on=DUE, claimed_on=DUE), late).rag == Rag.GREEN
    assert by_slippage(Action(status=Status.COMPLETE, due_on=DUE, claimed_on=late), late).rag == Rag.BLUE
    assert by_slippage(Action(status=Status.CLOSED, closed_how=ClosedBy.EARLIER), late).rag is None
    assert by_slippage(Action(status=Status.CANCELLED, due_on=DUE), late).rag is None
    assert standing(Action(status=Status.OPEN, due_on=DUE, rag_override=Rag.GREEN), late).rag == Rag.GREEN
    assert standing(Action(status=Status.COMPLETE, due_on=DUE, rag_override=Rag.RED), late).rag == Rag.BLUE


@pytest.mark.django_db
def test_the_database_says_the_same(cast):
    now = timezone.now()
    today = timezone.localdate(now)
    made = [action_at(status, text=f"Thing {status}") for status in Status]
    for days in (0, 5, 27, 28, 29, 30, 31, 32, 33, 60):
        made.append(action_at(Status.OPEN, text=f"Late {days}", due_on=today + timedelta(days=1)))
    workflow.add_note(action=made[6], text="Held up.", at_risk=True, by=lead(), now=now)
    workflow.set_colour(action=made[7], colour=Rag.RED, reason="Known to slip.", by=cast.chair, now=now)
    for ahead in (0, 1, 10, 31, 32, 33, 62, 63, 64):
        day = today + timedelta(days=ahead)
        for action in Action.objects.with_rag(day):
            assert (action.rag or None) == standing(action, day).rag, (action.status, ahead)


@pytest.mark.django_db
def test_a_colour_by_hand_needs_a_reason_and_is_never_blue(cast):
    action, now = action_at(Status.OPEN), timezone.now()
    for colour, reason in ((Rag.RED, " "), (Rag.BLUE, "Done, surely.")):
        with pytest.raises(WorkflowError):
            workflow.set_colour(action=action, colour=colour, reason=reason, by=cast.chair, now=now)
