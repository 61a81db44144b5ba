"""The chase board: where each request stands, in words and in order of urgency. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from agency_returns.chasing import Digest
from agency_returns.models import InformationRequest, RequestQuerySet
from agency_returns.states import Status


class State(Enum):
    """What the board tells apart, the most urgent first: code, words, colour of the tag."""

    LATE = ("late", "Late", "red")
    ASKED = ("asked", "Asked", "blue")
    OPENED = ("opened", "Opened", "light-blue")
    STARTED = ("started", "Started", "teal")
    SIGNING = ("signing", "Awaiting sign-off", "purple")
    RETURNED = ("returned", "Returned", "green")
    NO_INVOLVEMENT = ("no_involvement", "No involvement", "grey")
    CLOSED = ("closed", "Closed", "grey")

    def __init__(self, code: str, label: str, colour: str) -> None:
        self.code, self.label, self.colour = code, label, colour


ORDER = list(State)
_BY_STATUS = {status.value: State[status.name] for status in Status}


@dataclass(frozen=True)
class Line:
    request: InformationRequest
    state: State
    note: str = ""


def line_of(request: InformationRequest, today: date) -> Line:
    """One request. Returned once is returned, also while more is being added."""
    state = _BY_STATUS[request.standing]
    if request.is_late_on(today):
        return Line(request, State.LATE, "" if state == State.ASKED else state.label)
    if request.returned_at is not None and state in (State.STARTED, State.SIGNING):
        return Line(request, State.RETURNED, "More is being added")
    return Line(request, state)


def _rank(state: State) -> int:
    """Late, then what is still to come, then what is over."""
    return 0 if state == State.LATE else 1 if ORDER.index(state) < ORDER.index(State.RETURNED) else 2


def lines(requests: RequestQuerySet, today: date) -> list[Line]:
    """Late ones first, then what is still to come, by due date. One query."""
    found = [line_of(request, today) for request in requests.select_related("referral", "agency")]
    return sorted(
        found,
        key=lambda line: (_rank(line.state), line.request.due_on, line.request.referral.reference,
                          line.request.agency.name),
    )  # fmt: skip


def counts(found: Sequence[Line]) -> list[tuple[State, int]]:
    """How many lines each state has; states with none are left out."""
    return [(state, number) for state in ORDER if (number := sum(line.state == state for line in found))]


def without_walled(digests: Sequence[Digest], visible: set[int]) -> list[Digest]:
    """The digests as somebody may see them who is walled off from some of the cases."""
    kept = [replace(d, lines=[line for line in d.lines if line.request.pk in visible]) for d in digests]
    return [digest for digest in kept if digest.lines]
