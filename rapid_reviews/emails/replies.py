"""Letters about what the national Panel replied. One function each."""

from datetime import datetime

from django.utils import timezone

from panel.people import holders
from panel.roles import Role
from rapid_reviews.choices import Reply
from rapid_reviews.emails.base import carriers, letter, queue_to
from rapid_reviews.models import NationalReply, RapidReview

REPLIED = "rapid-review-replied"
DISAGREED = "rapid-review-disagreed"

CATALOGUE = (
    (REPLIED, "The national Panel has replied", "Lead, business manager and chair", "When the reply is recorded"),
    (
        DISAGREED,
        "The national Panel disagrees",
        "Lead, business manager, chair and the three Safeguarding Partners",
        "When a disagreement is recorded: the decision is taken anew",
    ),
)
SUBJECTS = {
    Reply.AGREE: "the national Panel agrees",
    Reply.NATIONAL: "the national Panel will review the case itself",
    Reply.QUESTIONS: "the national Panel asks questions",
}


def queue_replied(review: RapidReview, reply: NationalReply, *, now: datetime) -> None:
    """To those who carry the review; a disagreement to the three partners as well, for they decide anew."""
    people = carriers(review, now)
    if reply.kind != Reply.DISAGREE:
        written = letter(REPLIED, SUBJECTS[Reply(reply.kind)], review)
        queue_to(written, people, about=reply.pk, now=now)
        return
    today = timezone.localdate(now)
    partners = holders(Role.SAFEGUARDING_PARTNER, on=today)
    found = {user.pk: user for user in people}
    found |= {user.pk: user for user in partners if review.referral.may_be_seen_by(user, on=today)}
    written = letter(DISAGREED, "the national Panel disagrees, the decision is taken anew", review, "decision-list")
    queue_to(written, found.values(), about=reply.pk, now=now)
