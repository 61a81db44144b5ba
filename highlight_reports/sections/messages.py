"""The key messages: those that wait for the Executive, those that were agreed, and how far they have come."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, day_cell, table
from learning.facts import MessageFact

NAME_IN_TEXT = "The message names somebody; it is in the learning."


def recommended(facts: Facts) -> Part:
    """For the decisions asked of the Executive."""
    return table(
        "Key messages that wait for the Executive’s agreement",
        ["Message", "What it says", "For whom", "Recommended on"],
        [
            ("", [one.reference, _text(one, facts), ", ".join(one.audiences), day_cell(one.recommended_on)])
            for one in facts.messages_recommended
        ],
    )


def agreed(facts: Facts) -> Part:
    return table(
        "Key messages agreed in the period",
        ["Message", "What it says", "For whom", "Agreed on", "Agencies", "People reached"],
        [_agreed(one, facts) for one in facts.messages_agreed],
    )


def _agreed(one: MessageFact, facts: Facts) -> Row:
    return "", [
        one.reference, _text(one, facts), ", ".join(one.audiences), day_cell(one.agreed_on),
        f"{one.confirmed} of {one.asked} confirmed", str(one.reached),
    ]  # fmt: skip


def _text(one: MessageFact, facts: Facts) -> str:
    return NAME_IN_TEXT if facts.names.are_in(one.text) else one.text
