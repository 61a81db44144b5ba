"""The rapid reviews against their 15 working days, and the replies of the national Panel."""

from datetime import date

from deadlines.models import Clock
from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, case_row, cell, count, day_cell, in_time, part, table
from rapid_reviews.models import RapidReview

ISSUE_COUNTS = ("raised", "answered", "open")


def rapid_reviews(facts: Facts) -> Part:
    if not (facts.running or facts.sent or facts.withdrawn):
        none = "No rapid review is under way; none was sent in the period."
        return part(none, _issues_sentence(facts), tables=[_issues(facts)])
    columns = ["Day", "Due", "In time?"]
    withdrawn = [case_row(one.referral.reference, day_cell(one.withdrawn_on)) for one in facts.withdrawn]
    return part(
        f"{count(len(facts.running), 'rapid review')} under way; {len(facts.sent)} sent to the national Panel in the "
        "period. The limit is 15 working days.",
        _issues_sentence(facts),
        chart=_days_chart(facts),
        tables=[
            table("Under way", ["Case", "Where it stands", *columns], [_running(one, facts) for one in facts.running]),
            table("Sent in the period", ["Case", "Sent on", *columns], [_sent(one, facts) for one in facts.sent]),
            table("Withdrawn in the period", ["Case", "Withdrawn on"], withdrawn),
            _issues(facts),
        ],
    )


def _issues_sentence(facts: Facts) -> str:
    """Counts alone: what an issue is about stands in its case."""
    raised, answered, unanswered = (sum(getattr(one, name) for one in facts.issues) for name in ISSUE_COUNTS)
    if not facts.issues:
        return "No immediate safeguarding issue was raised in the period, and none is without an answer."
    return (
        f"{count(raised, 'immediate safeguarding issue')} raised to agencies and {answered} answered in the period; "
        f"{unanswered} without an answer now."
    )


def _issues(facts: Facts) -> Part:
    rows = [case_row(one.reference, *(str(getattr(one, name)) for name in ISSUE_COUNTS)) for one in facts.issues]
    return table("Immediate safeguarding issues", ["Case", "Raised", "Answered", "Without an answer"], rows)


def _running(review: RapidReview, facts: Facts) -> Row:
    clock = review.clock
    day = _day(clock, facts.as_at, facts)
    return case_row(
        review.referral.reference, review.get_status_display(), day, day_cell(clock.due_on), in_time(clock, facts)
    )


def _sent(review: RapidReview, facts: Facts) -> Row:
    clock = review.clock
    day = _day(clock, review.sent_on, facts)
    return case_row(
        review.referral.reference, day_cell(review.sent_on), day, day_cell(clock.due_on), in_time(clock, facts)
    )


def _day(clock: Clock, on: date, facts: Facts) -> str:
    return cell(f"Day {clock.day_number(on, facts.calendar)} of {clock.length}")


def _days_chart(facts: Facts) -> Part | None:
    """Working days used: the reviews sent in the period, then those under way."""
    used = [(one.referral.reference, one.clock, one.sent_on) for one in facts.sent]
    used += [(one.referral.reference, one.clock, facts.as_at) for one in facts.running]
    if not used:
        return None
    days = [
        (clock.day_number(on, facts.calendar), clock.was_late or clock.is_overdue_on(facts.as_at))
        for _, clock, on in used
    ]
    return {
        "title": "Rapid reviews: working days used",
        "unit": "working days",
        "horizontal": True,
        "limit": used[0][1].length,
        "by_case": True,
        "labels": [reference for reference, _, _ in used],
        "series": [
            {"name": "In time", "values": [None if late else number for number, late in days]},
            {"name": "Late", "values": [number if late else None for number, late in days]},
        ],
    }


def replies(facts: Facts) -> Part:
    if not facts.awaiting_reply:
        return part("No reply of the national Panel is awaited.")
    rows = [
        case_row(one.referral.reference, day_cell(one.sent_on), one.get_outcome_display(), _expected(one, facts))
        for one in facts.awaiting_reply
    ]
    return part(
        f"{count(len(rows), 'reply', 'replies')} awaited. The dates are what experience leads us to expect, not limits "
        "of ours.",
        tables=[table("Replies awaited", ["Case", "Sent on", "Outcome decided", "Reply expected by"], rows)],
    )


def _expected(review: RapidReview, facts: Facts) -> str:
    due = review.reply_clock.due_on
    return f"{day_cell(due)} (passed)" if due < facts.as_at else day_cell(due)
