"""Invented safeguarding issues: one answered and with the chair, one that nobody has answered, escalated to the top."""

from datetime import timedelta

from agency_returns.actors import Actor
from demo.days import Days
from demo.people import Cast
from rapid_reviews import workflow
from rapid_reviews.models import RapidReview, SafeguardingIssue
from rapid_reviews.workflow import Concern
from referrals.models import Referral

ANSWERED, UNANSWERED = "drafting", "late"  # the stories that they belong to


def add(story: str, case: Referral, cast: Cast, days: Days) -> None:
    """The issue of a story, if it has one."""
    if story == ANSWERED:
        _answered(case.rapid_review, cast, days)
    elif story == UNANSWERED:
        _unanswered(case.rapid_review, cast, days)


def _raise(
    review: RapidReview, agency: str, *, days: Days, ago: int, concern: str, asked: str, cast: Cast
) -> SafeguardingIssue:
    day = days.ago(ago)
    what = Concern(
        agency=cast.agencies[agency], concern=concern, asked=asked, answer_by=days.after(day, 1),
        children=list(review.referral.children.all()),
    )  # fmt: skip
    return workflow.raise_issue(review=review, concern=what, by=cast.business_manager, now=days.at(day, 11))


def _answered(review: RapidReview, cast: Cast, days: Days) -> None:
    issue = _raise(
        review, "Community Health", days=days, ago=4, cast=cast,
        concern="The baby’s next check was cancelled, and the family has not been seen since the incident.",
        asked="See the baby at home today and tell us whether the parents have what they need.",
    )  # fmt: skip
    workflow.answer_issue(
        issue=issue, is_action_complete=False, by=Actor(issue.lead_name, issue.lead_address),
        text="A health visitor saw the baby at home on the same day: well and feeding. A second visit is booked.",
        now=days.at(days.ago(3), 10),
    )  # fmt: skip


def _unanswered(review: RapidReview, cast: Cast, days: Days) -> None:
    """Reminded every day since, weekends too; chair and partners were told."""
    issue = _raise(
        review, "Education", days=days, ago=4, cast=cast,
        concern="A younger brother is said to be at home alone after school on three days of the week.",
        asked="Find out from the school who collects him, and see him on his own.",
    )  # fmt: skip
    day = issue.raised_at.date()
    while day < days.today:
        day += timedelta(days=1)
        workflow.chase_issues(now=days.at(day, 9))
