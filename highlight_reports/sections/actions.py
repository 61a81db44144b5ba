"""Escalated actions that wait for an answer, and all open actions by agency and colour."""

from collections import Counter
from collections.abc import Iterable

from actions.choices import Rag
from actions.models import Action, Escalation
from actions.rag import standing
from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, bar_key, cell_key, count, day_cell, part, table

NAME_IN_REASON = "The reason names somebody; it is in the action."
COLOURS = (Rag.GREEN, Rag.AMBER, Rag.RED)


def actions(facts: Facts) -> Part:
    """`cases` names every case that is counted here, so that whoever may not see one of them gets no totals."""
    running = running_actions(facts)
    if not facts.actions and not facts.escalated:
        return part("There is no action in the log.") | {"cases": []}
    late = sum(action.is_late_on(facts.as_at) for action in running)
    made = part(
        f"{count(len(running), 'action')} open, {late} late; {count(len(facts.escalated), 'escalation')} "
        f"{'waits' if len(facts.escalated) == 1 else 'wait'} for an answer.",
        chart=_chart(running, facts),
        tables=[
            table(
                "Escalated, without an answer",
                ["Action", "Agency", "Due", "RAG", "Escalated to", "Since", "Why"],
                [_escalated(one, facts) for one in facts.escalated],
            ),
            _totals(running, facts),
        ],
        lists=_behind_the_totals(running, facts),
    )
    return made | {"cases": sorted({a.referral.reference for a in facts.actions if a.referral})}


def running_actions(facts: Facts) -> list[Action]:
    return [action for action in facts.actions if action.is_running]


def actions_list(caption: str, found: Iterable[Action], facts: Facts) -> Part:
    """The list behind a number of actions. What an action says may name somebody, so it is not among it."""
    rows = [
        (
            action.referral.reference if action.referral else "",
            [action.reference, action.owner.short_name, day_cell(action.due_on), standing(action, facts.as_at).label],
        )
        for action in found
    ]
    return table(caption, ["Action", "Agency", "Due", "RAG"], rows)


def _behind_the_totals(running: list[Action], facts: Facts) -> dict[str, Part]:
    """Behind each agency's colours and total; the bars of the chart are the same numbers, colour by colour."""
    lists = {}
    for row, agency in enumerate(_by_agency(running, facts)):
        mine = [action for action in running if action.owner.short_name == agency]
        for number, colour in enumerate(COLOURS):
            found = [action for action in mine if standing(action, facts.as_at).label == colour.label]
            behind = actions_list(f"{agency}: open actions, {colour.label.lower()}", found, facts)
            lists[cell_key(row, number)] = lists[bar_key(number, row)] = behind
        lists[cell_key(row, len(COLOURS))] = actions_list(f"{agency}: all open actions", mine, facts)
    return lists


def _escalated(one: Escalation, facts: Facts) -> Row:
    action = one.action
    why = NAME_IN_REASON if facts.names.are_in(one.reason) else one.reason
    case = action.referral.reference if action.referral else ""
    return case, [
        action.reference, action.owner.short_name, day_cell(action.due_on), standing(action, facts.as_at).label,
        one.get_level_display(), day_cell(one.raised_on), why,
    ]  # fmt: skip


def _by_agency(running: list[Action], facts: Facts) -> dict[str, Counter[str]]:
    """Agency → colour → number; an action of several agencies counts with its owner."""
    found: dict[str, Counter[str]] = {}
    for action in running:
        found.setdefault(action.owner.short_name, Counter())[standing(action, facts.as_at).label] += 1
    return dict(sorted(found.items()))


def _totals(running: list[Action], facts: Facts) -> Part:
    rows: list[Row] = [
        ("", [agency, *(str(numbers[colour.label]) for colour in COLOURS), str(numbers.total())])
        for agency, numbers in _by_agency(running, facts).items()
    ]
    blue = sum(standing(action, facts.as_at).rag == Rag.BLUE for action in facts.actions)
    caption = f"Open actions by agency and colour (complete and evidenced, blue: {blue})"
    return table(caption, ["Agency", *(colour.label for colour in COLOURS), "All open"], rows, counts="total")


def _chart(running: list[Action], facts: Facts) -> Part | None:
    by_agency = _by_agency(running, facts)
    if not by_agency:
        return None
    return {
        "title": "Open actions by agency and colour",
        "unit": "actions",
        "horizontal": True,
        "limit": None,
        "by_case": False,
        "rag": True,
        "labels": list(by_agency),
        "series": [
            {"name": colour.label, "values": [numbers[colour.label] for numbers in by_agency.values()]}
            for colour in COLOURS
        ],
    }
