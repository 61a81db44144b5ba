"""Decisions asked for, the headline figures, what came in, and what belonged elsewhere."""

from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, case_row, count, day_cell, part, table
from rapid_reviews.choices import PARTNERS, Outcome
from rapid_reviews.models import Recommendation
from referrals.choices import Route


def decisions(facts: Facts) -> Part:
    number = len(facts.awaiting)
    if not number:
        return part("No recommendation waits for a decision.")
    return part(
        f"{count(number, 'recommendation')} {'waits' if number == 1 else 'wait'} for the decision of the three "
        "Safeguarding Partners.",
        tables=[
            table(
                "Recommendations that wait for a decision",
                ["Case", "The Panel recommends", "Recommended on", "Decided by", "Rapid review due"],
                [_awaiting_row(one) for one in facts.awaiting],
            )
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
    return part(
        figures=[
            ("Notifications and referrals received", len(facts.came_in)),
            ("Decisions of the three partners", len(facts.decided)),
            ("Rapid reviews sent to the national Panel", len(facts.sent)),
            ("Rapid reviews sent in time", sum(not review.clock.was_late for review in facts.sent)),
            ("Rapid reviews under way", len(facts.running)),
            ("Rapid reviews late", sum(review.clock.is_overdue_on(facts.as_at) for review in facts.running)),
        ]
    )


def activity(facts: Facts) -> Part:
    came_in = count(len(facts.came_in), "notification or referral", "notifications and referrals")
    return part(
        f"In the period: {came_in}, {count(len(facts.screenings), 'screening decision')}, "
        f"{count(len(facts.decided), 'decision')} of the three Safeguarding Partners.",
        chart=_activity_chart(facts),
        tables=[_came_in(facts), _screened(facts), _decided(facts)],
    )


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
            {"name": "Notifications", "values": [month.notifications for month in facts.months]},
            {"name": "Referrals", "values": [month.referrals for month in facts.months]},
            {"name": "Rapid reviews sent", "values": [month.reviews_sent for month in facts.months]},
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
        tables=[table("By what they were", ["Enquiry", "Shown the way at once", "Redirected at screening"], rows)],
    )
