"""State machines as tables: (verb, from, to, who), no metaclass, no ladder of ifs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from core.errors import InvalidTransition


@dataclass(frozen=True)
class Transition:
    """One row: `verb` takes a thing from any of `sources` to `target`; `who` is the permission needed."""

    verb: str
    sources: frozenset[str]
    target: str
    who: StrEnum | TextChoices


def row(verb: str, sources: Iterable[str] | str, target: str, who: StrEnum | TextChoices) -> Transition:
    """Write a row of the table as it is read aloud."""
    return Transition(verb, frozenset([sources] if isinstance(sources, str) else sources), target, who)


class StateTable:
    """The statuses of one model, who owns each of them, and every change that there is."""

    def __init__(
        self, name: str, statuses: type[TextChoices], transitions: Iterable[Transition], owners: Mapping[str, str]
    ) -> None:
        self.name, self.statuses, self.owners = name, statuses, owners
        self.transitions = tuple(transitions)
        self._by_verb: dict[str, list[Transition]] = {}
        for transition in self.transitions:
            self._by_verb.setdefault(transition.verb, []).append(transition)

    @property
    def verbs(self) -> tuple[str, ...]:
        return tuple(self._by_verb)

    def find(self, status: str, verb: str) -> Transition | None:
        return next((t for t in self._by_verb[verb] if status in t.sources), None)

    def check(self, status: str, verb: str) -> Transition:
        """The row for `verb` from `status`; raises InvalidTransition with a sentence where there is none."""
        found = self.find(status, verb)
        if found is None:
            label = self.statuses(status).label.lower()
            raise InvalidTransition(f"This {self.name} is {label}, so it is not possible to {verb.replace('_', ' ')}.")
        return found

    def owner(self, status: str) -> str:
        """Whose move it is: a short phrase for the page."""
        return self.owners[status]

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for docs/."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {status.value}: {status.label}" for status in self.statuses]
        for transition in self.transitions:
            for source in dict.fromkeys(["", *self.statuses.values]):
                if source in transition.sources:
                    lines.append(f"    {source or '[*]'} --> {transition.target}: {transition.verb}")
        return "\n".join(lines)
