"""Safeguarding issues at any status, by the real workflow. All names are invented and must never leak."""

from datetime import datetime, timedelta

from django.utils import timezone

from agency_returns.actors import Actor
from panel.models import Agency
from panel.roles import Role
from rapid_reviews import workflow
from rapid_reviews.models import RapidReview, SafeguardingAnswer, SafeguardingIssue
from rapid_reviews.states import IssueStatus, Status
from rapid_reviews.workflow import Concern
from tests.agency_returns.factories import give_leads
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, person_with

CONCERN = f"{SECRET} is alone with {CHILD_NAME} at weekends."
ASKED = f"Visit {SECRET} today and see the child."
ANSWER = f"{SECRET} was seen on the same day."


def raise_to(
    agency: Agency, review: RapidReview | None = None, *, now: datetime | None = None, **over
) -> SafeguardingIssue:
    """An issue about every child of the case, to be answered on the next day; in a new review unless one is given."""
    now = now or timezone.now()
    give_leads()
    agency.refresh_from_db()
    review = review or rapid_review_at(Status.OPENED, now=now)
    by = over.pop("by", None) or person_with(Role.BUSINESS_MANAGER, now)
    facts = {
        "concern": CONCERN,
        "asked": ASKED,
        "answer_by": timezone.localdate(now) + timedelta(days=1),
        "children": list(review.referral.children.all()),
    } | over
    return workflow.raise_issue(review=review, concern=Concern(agency=agency, **facts), by=by, now=now)


def lead_of(issue: SafeguardingIssue) -> Actor:
    return Actor(issue.lead_name, issue.lead_address)


def answer(issue: SafeguardingIssue, *, now: datetime | None = None, by: Actor | None = None, **over):
    facts = {"text": ANSWER, "is_action_complete": True} | over
    return workflow.answer_issue(issue=issue, by=by or lead_of(issue), now=now or timezone.now(), **facts)


def again(given: SafeguardingAnswer, *, now: datetime | None = None, reason: str = f"And at night, {SECRET}?", by=None):
    now = now or timezone.now()
    return workflow.ask_again(
        answer=given, reason=reason, answer_by=timezone.localdate(now) + timedelta(days=1),
        by=by or person_with(Role.CHAIR, now), now=now,
    )  # fmt: skip


def issue_at(
    status: IssueStatus, agency: Agency, review: RapidReview | None = None, *, now=None, **over
) -> SafeguardingIssue:
    now = now or timezone.now()
    issue = raise_to(agency, review, now=now, **over)
    chair = person_with(Role.CHAIR, now)
    if status == IssueStatus.WITHDRAWN:
        workflow.withdraw_issue(issue=issue, reason=f"{SECRET} has moved away.", by=chair, now=now)
    elif status != IssueStatus.RAISED:
        given = answer(issue, now=now)
        if status == IssueStatus.RESOLVED:
            workflow.accept_answer(answer=given, by=chair, now=now)
        elif status == IssueStatus.ASKED_AGAIN:
            again(given, now=now)
    return SafeguardingIssue.objects.select_related("review__referral", "agency").get(pk=issue.pk)
