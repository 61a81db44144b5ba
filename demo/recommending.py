"""The Panel's meetings of a year, a recommendation that is with the members, and partners who differed and agreed."""

from datetime import date, time, timedelta

from demo import texts
from demo.days import Days
from demo.people import Cast
from demo.reviews import MEETING, Reviewer
from panel.meetings import hold_meeting, plan_meeting
from rapid_reviews import workflow
from rapid_reviews.choices import PARTNERS, Answer, Outcome, View
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status

AT = time(14)
TUESDAY = 1
NARROW = "The second question leaves out what the school had written down."
AGREED = "Both reviews ask the same practitioners. The smaller one begins now, and the Panel hears of it in two months."
LEADS = ("Ari Invented, Chief Executive", "Oli Invented, Chief Executive", "Uma Invented, Chief Constable")


def meetings(cast: Cast, days: Days) -> None:
    """The second Tuesday of every other month, or the next working day, from four months ago for a year and more."""
    planned_at = days.at(days.ago(100))
    first = days.ago(80)
    for number in range(0, 14, 2):
        month = first.month - 1 + number
        on = _working(_second_tuesday(first.year + month // 12, month % 12 + 1), days)
        meeting = plan_meeting(
            on=on, at=AT, place="Example Borough Council, Room 2", by=cast.business_manager, now=planned_at
        )
        if on < days.today:
            hold_meeting(meeting=meeting, by=cast.business_manager, now=days.at(on, 17))


def _second_tuesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)


def _working(day: date, days: Days) -> date:
    return day if days.calendar.is_working_day(day) else days.calendar.forward(day, 1)


def circulated(reviewer: Reviewer, review: RapidReview) -> None:
    """No meeting was in time: the draft is with the members, some of whom have answered."""
    cast, days = reviewer.cast, reviewer.days
    reviewer.take_to(review, Status.DRAFTING)
    day = days.after(review.clock.trigger_on, MEETING)
    now = days.at(day, 9)
    workflow.answer_criteria(review=review, answers=texts.ANSWERS, by=cast.chair, now=now)
    workflow.draft_recommendation(
        review=review, outcome=Outcome.LCSPR, reason=texts.CIRCULATED, met_on=day, present=[], by_circulation=True,
        particulars=reviewer.particulars(), by=cast.chair, now=now,
    )  # fmt: skip
    workflow.circulate(review=review, due_on=days.ahead(1), by=cast.chair, now=now)
    for account, answer, reasons in (
        ("social.care", Answer.AGREE, ""),
        ("education", Answer.DISAGREE, NARROW),
        ("public.health", Answer.ABSTAIN, ""),
    ):
        workflow.answer_circulation(
            review=review, answer=answer, reasons=reasons, by_link=account == "education", by=cast.users[account],
            now=days.at(day, 15),
        )  # fmt: skip


def resolved(reviewer: Reviewer, review: RapidReview) -> None:
    """The three differed; their lead partners agreed on something smaller."""
    reviewer.take_to(review, Status.RECOMMENDED)
    reviewer.decide(review, View.AGREE, View.DISAGREE, View.AGREE)
    review.refresh_from_db()
    workflow.resolve_difference(
        review=review, outcome=Outcome.OTHER, reasons=AGREED, agreed_on=review.partners_differ_since,
        leads=dict(zip(PARTNERS, LEADS, strict=True)), by=reviewer.cast.business_manager, now=reviewer.days.now,
    )  # fmt: skip
