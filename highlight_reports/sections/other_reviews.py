"""The findings of other reviews that the Panel weighed in the period. They belong to no case."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, count, day_cell, part, table

NAME_IN_TEXT = "The text names somebody; it is in the reading list."


def other_reviews(facts: Facts) -> Part:
    if not facts.considered:
        return part("No review of others was considered in the period.")
    return part(
        f"{count(len(facts.considered), 'review')} of others considered in the period.",
        tables=[
            table(
                "Other reviews considered",
                ["Review", "Kind", "Area", "Decided on", "Outcome", "What it means here"],
                [
                    (
                        "",
                        [
                            f"{one.reference}: {one.title}", one.kind, one.area, day_cell(one.decided_on), one.outcome,
                            NAME_IN_TEXT if facts.names.are_in(one.implications) else one.implications,
                        ],
                    )
                    for one in facts.considered
                ],
            )
        ],
    )  # fmt: skip
