from typing import Any

from django import template
from django.utils import timezone

from chronology.names import People
from panel.permissions import Permission
from rapid_reviews.models import RapidReview, SafeguardingIssue
from rapid_reviews.representatives import invited_to
from rapid_reviews.safeguarding.permissions import can_raise
from rapid_reviews.states import IssueStatus
from referrals.models import Child
from referrals.permissions import can

register = template.Library()

COLOURS = {
    IssueStatus.RAISED: "govuk-tag--red",
    IssueStatus.ASKED_AGAIN: "govuk-tag--red",
    IssueStatus.ANSWERED: "govuk-tag--yellow",
    IssueStatus.RESOLVED: "govuk-tag--green",
    IssueStatus.WITHDRAWN: "govuk-tag--grey",
}


@register.filter
def issue_colour(issue: SafeguardingIssue) -> str:
    """The tag's colour class; the word beside it says the same."""
    return COLOURS[IssueStatus(issue.status)]


@register.filter
def as_read_by(text: str, people: People) -> str:
    """What somebody typed as this reader may read it: with pseudonyms where they read no names."""
    return people.text(text)


@register.filter
def called(child: Child, people: People) -> str:
    return people.child(child)


@register.inclusion_tag("rapid_reviews/issues/part.html", takes_context=True)
def safeguarding_part(context: Any, review: RapidReview) -> dict[str, object]:
    """The issues of a review that the signed-in person sees, for the workspace."""
    user, today = context["user"], timezone.localdate()
    visible = SafeguardingIssue.objects.visible_to(user, on=today).filter(review=review)
    return {
        "review": review,
        "referral": review.referral,
        "issues": list(visible.select_related("review__referral", "agency")),
        "may_raise": can_raise(user, review, on=today),
        "today": today,
    }


@register.inclusion_tag("rapid_reviews/issues/unsettled.html", takes_context=True)
def safeguarding_unsettled(context: Any, review: RapidReview | None) -> dict[str, object]:
    """For the case page: what is not settled, whether or not the review was sent."""
    if review is None:
        return {"issues": []}
    visible = SafeguardingIssue.objects.visible_to(context["user"]).filter(review=review).unsettled()
    issues = list(visible.select_related("review__referral", "agency"))
    return {"issues": issues, "today": timezone.localdate()}


@register.inclusion_tag("rapid_reviews/representatives/part.html", takes_context=True)
def representatives_part(context: Any, review: RapidReview) -> dict[str, object]:
    """Who takes part by invitation, for those who invite."""
    user, today = context["user"], timezone.localdate()
    if not can(user, Permission.MANAGE_ACCESS, review.referral, on=today):
        return {"may_invite": False}
    running = [one for one in invited_to(review, on=today) if one.runs]
    return {"may_invite": True, "review": review, "referral": review.referral, "representatives": running}
