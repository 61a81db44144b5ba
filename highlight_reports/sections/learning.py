"""What was learned and passed on, and which themes the cases share. What was learned itself stands in the case."""

from highlight_reports.facts import Facts
from highlight_reports.sections.messages import agreed
from highlight_reports.sections.parts import Part, bar_key, case_row, cell, count, day_cell, part, table
from rapid_reviews.models import SharedLearning


def learning(facts: Facts) -> Part:
    if not (facts.learning or facts.themes or facts.messages_agreed):
        return part("No learning was shared or was due to be shared in the period, and no case shows a theme yet.")
    shared = sum(one.shared_on is not None for one in facts.learning)
    rows = [
        case_row(one.review.referral.reference, one.audience, one.channel, one.by_whom, *_when(one))
        for one in facts.learning
        if not facts.names.are_in(f"{one.audience} {one.channel} {one.by_whom}")
    ]
    return part(
        f"{count(shared, 'piece')} of immediate learning shared in the period; {len(facts.learning) - shared} due and "
        "not shared yet.",
        chart=_chart(facts),
        tables=[
            agreed(facts),
            table("Immediate learning", ["Case", "Who needs to know", "How", "By whom", "Due", "Shared"], rows),
        ],
        lists=_behind_the_themes(facts),
    )


def _when(one: SharedLearning) -> tuple[str, str]:
    return day_cell(one.due_on), day_cell(one.shared_on) if one.shared_on else "Not yet"


def _by_theme(facts: Facts) -> dict[str, list[str]]:
    """Theme → references, the most frequent theme first."""
    found: dict[str, list[str]] = {}
    for one in facts.themes:
        found.setdefault(one.theme.name, []).append(one.review.referral.reference)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _chart(facts: Facts) -> Part | None:
    by_theme = _by_theme(facts)
    if not by_theme:
        return None
    return {
        "title": "Themes of the cases of the last twelve months",
        "unit": "cases",
        "horizontal": True,
        "limit": None,
        "by_case": False,
        "labels": list(by_theme),
        "series": [{"name": "Cases", "values": [len(cases) for cases in by_theme.values()]}],
    }


def _behind_the_themes(facts: Facts) -> dict[str, Part]:
    recorded = {one.review.referral.reference: one.review.referral.recorded_at for one in facts.themes}
    return {
        bar_key(0, number): table(
            f"Cases with the theme “{theme}”",
            ["Case", "Recorded on"],
            [(case, [cell(case), day_cell(recorded[case])]) for case in cases],
        )
        for number, (theme, cases) in enumerate(_by_theme(facts).items())
    }
