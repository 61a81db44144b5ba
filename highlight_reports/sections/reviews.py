"""The rapid reviews against their 15 working days, and the replies of the national Panel."""

from datetime import date

from deadlines.models import Clock
from highlight_reports.facts import Facts
from highlight_reports.sections.parts import Part, Row, case_row, cell, count, day_cell, in_time, part, say, table
from rapid_reviews.choices import Reply
from rapid_reviews.models import NationalReply, RapidReview

ISSUE_COUNTS = ("raised", "answered", "open")


def rapid_reviews(facts: Facts) -> Part:
    if not (facts.running or facts.sent or facts.withdrawn):
        none = "No rapid review is under way; none was sent in the period."
        return part(none, _issues_sentence(facts), tables=[_issues(facts)])
    columns = ["Day", "Due", "In time?"]
    withdrawn = [
        case_row(one.referral.reference, day_cell(one.withdrawn_on), _before_or_after(one)) for one in facts.withdrawn
    ]
    return part(
        f"{count(len(facts.running), 'rapid review')} under way; {len(facts.sent)} sent to the national Panel in the "
        "period. The limit is 15 working days.",
        _issues_sentence(facts),
        chart=_days_chart(facts),
        tables=[
            table("Under way", ["Case", "Where it stands", *columns], [_running(one, facts) for one in facts.running]),
            table("Sent in the period", ["Case", "Sent on", *columns], [_sent(one, facts) for one in facts.sent]),
            table("Withdrawn in the period", ["Case", "Withdrawn on", "When in its course"], withdrawn),
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
    day = _day(clock, review.sent_on or facts.as_at, facts)
    stands = f"{review.get_status_display()}{', sent back by the national Panel' if review.is_back else ''}"
    return case_row(review.referral.reference, stands, day, day_cell(clock.due_on), in_time(clock, facts))


def _sent(review: RapidReview, facts: Facts) -> Row:
    clock = review.clock
    day = _day(clock, review.sent_on, facts)
    return case_row(
        review.referral.reference, day_cell(review.sent_on), day, day_cell(clock.due_on), in_time(clock, facts)
    )


def _before_or_after(review: RapidReview) -> str:
    return f"After it was sent on {say(review.sent_on)}" if review.sent_on else "Before it was sent"


def _day(clock: Clock, on: date, facts: Facts) -> str:
    return cell(f"Day {clock.day_number(on, facts.calendar)} of {clock.length}")


def _days_chart(facts: Facts) -> Part | None:
    """Working days used: the reviews sent in the period, then those under way."""
    used = [(one.referral.reference, one.clock, one.sent_on) for one in facts.sent]
    used += [(one.referral.reference, one.clock, facts.as_at) for one in facts.running if not one.is_back]
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
    received = table(
        "Replies received in the period",
        ["Case", "Received on", "What the national Panel says", "What follows"],
        [_reply(one) for one in facts.replies],
    )
    came = f"{count(len(facts.replies), 'reply', 'replies')} received in the period." if facts.replies else ""
    if not facts.awaiting_reply:
        return part(*([came] if came else []), "No reply of the national Panel is awaited.", tables=[received])
    rows = [
        case_row(one.referral.reference, day_cell(one.sent_on), one.get_outcome_display(), _expected(one, facts))
        for one in facts.awaiting_reply
    ]
    return part(
        *([came] if came else []),
        f"{count(len(rows), 'reply', 'replies')} awaited. The dates are what experience leads us to expect, not limits "
        "of ours.",
        tables=[received, table("Replies awaited", ["Case", "Sent on", "Outcome decided", "Reply expected by"], rows)],
    )


FOLLOWS = {
    Reply.AGREE: "The decision stands",
    Reply.NATIONAL: "The national Panel reviews the case",
    Reply.DISAGREE: "The Panel recommends anew, the partners decide anew",
}


def _reply(reply: NationalReply) -> Row:
    follows = FOLLOWS.get(Reply(reply.kind), "To be answered")
    if reply.answered_on:
        follows = f"Answered on {say(reply.answered_on)}"
    reference = reply.submission.review.referral.reference
    return case_row(reference, day_cell(reply.received_on), reply.get_kind_display(), follows)


def _expected(review: RapidReview, facts: Facts) -> str:
    due = review.reply_clock.due_on
    return f"{day_cell(due)} (passed)" if due < facts.as_at else day_cell(due)
