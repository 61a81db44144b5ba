"""What is published next, what was published or withheld, and how the media strategy stands."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, count, day_cell, part, table
from publications.facts import PublicationFact


def publications(facts: Facts) -> Part:
    if not facts.planned and not facts.published:
        return part("No publication is planned, and nothing was published or withheld in the period.")
    return part(
        f"{count(len(facts.planned), 'publication')} planned; {len(facts.published)} published or withheld in the "
        "period.",
        tables=[
            table(
                "Planned publications",
                ["Publication", "Case", "Planned for", "Next step", "By", "Media"],
                [_planned(one) for one in facts.planned],
            ),
            table(
                "Published or withheld in the period",
                ["Publication", "Case", "What became of it", "On", "Available until"],
                [_ended(one) for one in facts.published],
            ),
        ],
    )


def _planned(one: PublicationFact) -> Row:
    return one.case_reference, [
        one.reference, one.case_reference, day_cell(one.day), one.next_step, day_cell(one.next_on), one.strategy,
    ]  # fmt: skip


def _ended(one: PublicationFact) -> Row:
    return one.case_reference, [
        one.reference, one.case_reference, one.status, day_cell(one.day), day_cell(one.available_until),
    ]  # fmt: skip
