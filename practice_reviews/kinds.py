"""How the types of review differ, as data: what each starts from and what it needs before it begins (a leaf)."""

from dataclasses import dataclass

from practice_reviews.choices import Kind
from rapid_reviews.choices import Outcome

PREFIX = "LR"  # local review: one series for all types, so that a reference says nothing of the type


@dataclass(frozen=True)
class Rules:
    """`outcomes` of a rapid review by which the three partners commission it; `needs_*` before it begins."""

    outcomes: frozenset[Outcome]
    by_panel: bool = True  # the Panel may commission it too, for a case or for none
    has_statutory_clock: bool = False
    needs_terms: bool = False
    needs_reviewer: bool = False  # with an accepted declaration of independence
    asks_agency: bool = False


KINDS: dict[Kind, Rules] = {
    Kind.LCSPR: Rules(
        frozenset({Outcome.LCSPR}), by_panel=False, has_statutory_clock=True, needs_terms=True, needs_reviewer=True
    ),
    Kind.MULTI_AGENCY: Rules(frozenset({Outcome.MULTI_AGENCY}), needs_terms=True),
    Kind.SINGLE_AGENCY: Rules(frozenset({Outcome.SINGLE_AGENCY}), asks_agency=True),
    Kind.AUDIT: Rules(frozenset({Outcome.SINGLE_AGENCY, Outcome.OTHER})),
    Kind.OTHER: Rules(frozenset({Outcome.OTHER})),
}


def by_partners(outcome: str) -> list[Kind]:
    """The types that the three partners commission with `outcome`, in the order of the list."""
    return [kind for kind, rules in KINDS.items() if outcome in rules.outcomes]


def by_panel() -> list[Kind]:
    return [kind for kind, rules in KINDS.items() if rules.by_panel]
