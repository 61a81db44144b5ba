"""The commissioned reviews: month n of six, the forecast, and the delays told."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, count, day_cell, part, say, table
from practice_reviews.facts import Standing

NAME_IN_REASON = "The reason names somebody; it is in the review."


def practice_reviews(facts: Facts) -> Part:
    if not facts.commissioned:
        return part("No commissioned review is running.")
    late = sum(one.progress.is_forecast_late for one in facts.commissioned)
    return part(
        f"{count(len(facts.commissioned), 'commissioned review')} running, {late} forecast later than the limit.",
        tables=[
            table(
                "Commissioned reviews that are running",
                ["Review", "Kind", "Case", "Month", "Due", "Forecast", "Next step"],
                [_running(one) for one in facts.commissioned],
            ),
            table(
                "Delays and who was told",
                ["Review", "Now expected", "National Panel and Secretary of State told", "Why"],
                [row for one in facts.commissioned for row in _delays(one, facts)],
            ),
        ],
    )


def _case(one: Standing) -> str:
    return one.review.referral.reference if one.review.referral else ""


def _running(one: Standing) -> Row:
    line = one.progress
    following = line.next
    forecast = day_cell(line.forecast_on)
    if line.is_forecast_late:
        forecast += " (late)"
    return _case(one), [
        one.review.reference, one.review.get_kind_display(), _case(one), one.month_text, day_cell(line.due_on),
        forecast, str(following.milestone) if following else "",
    ]  # fmt: skip


def _delays(one: Standing, facts: Facts) -> list[Row]:
    rows: list[Row] = [
        (
            _case(one),
            [
                one.review.reference,
                day_cell(told.expected_on),
                say(told.told_on) if told.told_on else "Not yet",
                NAME_IN_REASON if facts.names.are_in(told.reason) else told.reason,
            ],
        )
        for told in one.delays
    ]
    if one.wants_notice:
        rows.append((_case(one), [one.review.reference, day_cell(one.progress.forecast_on), "Not yet", "To be told"]))
    return rows
