"""Who was at the table when the Panel recommended, and whether it could."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, case_row, cell_key, count, day_cell, part, table
from rapid_reviews.models import Recommendation


def meetings(facts: Facts) -> Part:
    """By recommendation, since the register is kept with it: a meeting that only talked leaves no attendance."""
    held = f"{count(facts.meetings_held, 'Panel meeting')} held in the period."
    if not facts.recommended:
        return part(held, "No recommendation was recorded in the period.", tables=[_at_meetings(facts)])
    met = [one for one in facts.recommended if not one.by_circulation]
    return part(
        held,
        _sentence(facts, met),
        tables=[
            _at_meetings(facts),
            table(
                "Recommendations and their quorum",
                ["Case", "On", "How", "Quorate"],
                [_recommended(one) for one in facts.recommended],
            ),
            table(
                "At the table when the Panel recommended",
                ["Agency", "Meetings attended", "Meetings"],
                _by_agency(met),
                counts="open",
            ),
        ],
        lists=_behind_the_agencies(met),
    )


def _at_meetings(facts: Facts) -> Part:
    """From the register of the meetings: the last ones up to the end of the period."""
    number = len(facts.attendance.meetings)
    rows: list[Row] = [
        ("", [row.agency.short_name, f"{row.came} of {number}", str(row.by_deputy)]) for row in facts.attendance.rows
    ]
    return table(
        "At the last meetings of the Panel", ["Agency", "Came to", "Of these, a deputy"], rows if number else []
    )


def _sentence(facts: Facts, met: list[Recommendation]) -> str:
    without = sum(not one.is_quorate for one in facts.recommended)
    return (
        f"{count(len(facts.recommended), 'recommendation')}: {len(met)} in a meeting, "
        f"{len(facts.recommended) - len(met)} by circulation; {without} without a quorum, on the chair’s ruling."
    )


def _recommended(one: Recommendation) -> Row:
    how = "By circulation" if one.by_circulation else "In a meeting"
    return case_row(
        one.review.referral.reference, day_cell(one.met_on), how, "Yes" if one.is_quorate else "No: the chair ruled"
    )


def _attended(met: list[Recommendation]) -> dict[str, list[Recommendation]]:
    """Agency → the recommendations at whose making somebody of it was there."""
    found: dict[str, list[Recommendation]] = {}
    for one in met:
        for agency in sorted({there.membership.agency.short_name for there in one.attendances.all()}):
            found.setdefault(agency, []).append(one)
    return dict(sorted(found.items()))


def _by_agency(met: list[Recommendation]) -> list[Row]:
    days = {one.met_on for one in met}
    return [
        ("", [agency, str(len({one.met_on for one in there})), str(len(days))])
        for agency, there in _attended(met).items()
    ]


def _behind_the_agencies(met: list[Recommendation]) -> dict[str, Part]:
    lists = {}
    for number, (agency, there) in enumerate(_attended(met).items()):
        rows = [case_row(one.review.referral.reference, day_cell(one.met_on)) for one in there]
        lists[cell_key(number, 0)] = table(f"{agency}: meetings attended", ["Case", "Met on"], rows)
        everything = [case_row(one.review.referral.reference, day_cell(one.met_on)) for one in met]
        lists[cell_key(number, 1)] = table("Meetings at which the Panel recommended", ["Case", "Met on"], everything)
    return lists
