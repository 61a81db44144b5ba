"""Decisions asked for, the headline figures, what came in, and what belonged elsewhere."""

from collections.abc import Iterable

from highlight_reports.facts import KINDS, Facts
from highlight_reports.sections.actions import actions_list, running_actions
from highlight_reports.sections.messages import recommended
from highlight_reports.sections.parts import (
    Part,
    Row,
    bar_key,
    case_row,
    cell,
    cell_key,
    count,
    day_cell,
    figure,
    in_time,
    part,
    table,
)
from rapid_reviews.choices import PARTNERS, Outcome
from rapid_reviews.models import RapidReview, Recommendation
from referrals.choices import Decision, Route


def decisions(facts: Facts) -> Part:
    number = len(facts.awaiting)
    if not number:
        return part("No recommendation waits for a decision.", tables=[recommended(facts)])
    return part(
        f"{count(number, 'recommendation')} {'waits' if number == 1 else 'wait'} for the decision of the three "
        "Safeguarding Partners.",
        tables=[
            table(
                "Recommendations that wait for a decision",
                ["Case", "The Panel recommends", "Recommended on", "Decided by", "Rapid review due"],
                [_awaiting_row(one) for one in facts.awaiting],
            ),
            recommended(facts),
        ],
    )


def _awaiting_row(one: Recommendation) -> Row:
    decided = f"{len(one.decisions.all())} of {len(PARTNERS)}"
    if one.review.partners_differ_since:
        decided += "; the partners differ"
    return case_row(
        one.review.referral.reference,
        Outcome(one.outcome).label,
        day_cell(one.met_on),
        decided,
        day_cell(one.review.clock.due_on),
    )


def headline(facts: Facts) -> Part:
    lists = {
        "received": _came_in(facts),
        "decided": _decided(facts),
        "sent": _reviews("Rapid reviews sent to the national Panel", facts.sent, facts),
        "sent-in-time": _reviews(
            "Rapid reviews sent in time", [one for one in facts.sent if not one.clock.was_late], facts
        ),
        "running": _reviews("Rapid reviews under way", facts.running, facts),
        "late": _reviews(
            "Rapid reviews late", [one for one in facts.running if one.clock.is_overdue_on(facts.as_at)], facts
        ),
        "actions": actions_list("Actions open", running_actions(facts), facts),
        "actions-late": actions_list(
            "Actions late", [one for one in running_actions(facts) if one.is_late_on(facts.as_at)], facts
        ),
    }
    return part(figures=[figure(found["caption"], found, key) for key, found in lists.items()], lists=lists)


def _reviews(caption: str, reviews: Iterable[RapidReview], facts: Facts) -> Part:
    rows = [
        case_row(
            one.referral.reference, one.get_status_display(), day_cell(one.clock.due_on), in_time(one.clock, facts)
        )
        for one in reviews
    ]
    return table(caption, ["Case", "Where it stands", "Due", "In time?"], rows)


def activity(facts: Facts) -> Part:
    came_in = count(len(facts.came_in), "notification or referral", "notifications and referrals")
    return part(
        f"In the period: {came_in}, {count(len(facts.screenings), 'screening decision')}, "
        f"{count(len(facts.decided), 'decision')} of the three Safeguarding Partners.",
        chart=_activity_chart(facts),
        tables=[_came_in(facts), _screened(facts), _decided(facts)],
        lists=_behind_the_months(facts),
    )


def _behind_the_months(facts: Facts) -> dict[str, Part]:
    lists = {}
    for number, month in enumerate(facts.months):
        for series, (name, cases) in enumerate(month.kinds):
            rows = [case_row(one.reference, cell(one.what), day_cell(one.on)) for one in cases]
            lists[bar_key(series, number)] = table(f"{name}, {month.label}", ["Case", "What", "On"], rows)
    return lists


def _came_in(facts: Facts) -> Part:
    rows = [
        case_row(
            case.reference,
            case.get_kind_display(),
            case.get_nature_display(),
            str(case.number_of_children),
            day_cell(case.recorded_at),
            case.get_status_display(),
        )
        for case in facts.came_in
    ]
    columns = ["Case", "How it came in", "What happened", "Children", "Recorded on", "Where it stands"]
    return table("Notifications and referrals received", columns, rows)


def _screened(facts: Facts) -> Part:
    rows = [
        case_row(one.referral.reference, one.get_decision_display(), day_cell(one.screened_at))
        for one in facts.screenings
    ]
    return table("Screening decisions", ["Case", "Outcome", "Decided on"], rows)


def _decided(facts: Facts) -> Part:
    rows = [
        case_row(review.referral.reference, review.get_outcome_display(), day_cell(review.decided_on))
        for review in facts.decided
    ]
    return table("Decisions of the three Safeguarding Partners", ["Case", "Outcome", "Decided on"], rows)


def _activity_chart(facts: Facts) -> Part:
    return {
        "title": "Activity in the last six months",
        "unit": "cases",
        "horizontal": False,
        "limit": None,
        "by_case": False,
        "labels": [month.label for month in facts.months],
        "series": [
            {"name": name, "values": [len(month.kinds[number][1]) for month in facts.months]}
            for number, name in enumerate(KINDS)
        ],
    }


def misdirected(facts: Facts) -> Part:
    total = sum(facts.turned_away.values()) + sum(facts.redirected.values())
    if not total:
        return part("Nobody was shown another route in the period.")
    rows = [
        ("", [route.label, str(facts.turned_away.get(route, 0)), str(facts.redirected.get(route, 0))])
        for route in Route
        if facts.turned_away.get(route) or facts.redirected.get(route)
    ]
    return part(
        f"{count(total, 'enquiry', 'enquiries')} belonged elsewhere and {'was' if total == 1 else 'were'} shown the "
        "right route.",
        tables=[
            table(
                "By what they were",
                ["Enquiry", "Shown the way at once", "Redirected at screening"],
                rows,
                counts="plain",
            )
        ],
        lists=_behind_the_routes(facts),
    )


def _behind_the_routes(facts: Facts) -> dict[str, Part]:
    """Enquiries that were turned away at once left nothing but their kind and day; the redirected are cases."""
    lists = {}
    routes = [route for route in Route if facts.turned_away.get(route) or facts.redirected.get(route)]
    for number, route in enumerate(routes):
        days: list[Row] = [("", [day_cell(one.made_at)]) for one in facts.enquiries if one.route == route]
        lists[cell_key(number, 0)] = table(f"{route.label}: shown the way at once", ["On"], days)
        cases = [
            case_row(one.referral.reference, day_cell(one.screened_at))
            for one in facts.screenings
            if one.decision == Decision.REDIRECT and one.route == route
        ]
        lists[cell_key(number, 1)] = table(f"{route.label}: redirected at screening", ["Case", "Screened on"], cases)
    return lists
