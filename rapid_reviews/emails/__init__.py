"""The letters of a rapid review, by noun, and the catalogue of them all."""

from rapid_reviews.emails import assigning, circulation, decisions, endings, replies, safeguarding
from rapid_reviews.emails.assigning import queue_assigned
from rapid_reviews.emails.circulation import queue_circulated, queue_circulation_closed, queue_circulation_reminders
from rapid_reviews.emails.decisions import queue_decided, queue_decision_wanted, queue_partners_differ
from rapid_reviews.emails.endings import queue_sent, queue_withdrawn
from rapid_reviews.emails.replies import queue_replied
from rapid_reviews.emails.safeguarding import SECRET as SECRET_CATALOGUE
from rapid_reviews.emails.safeguarding import (
    queue_issue_answered,
    queue_issue_asked,
    queue_issue_notice,
    queue_issue_raised,
    queue_issue_withdrawn,
)

CATALOGUE = (
    *assigning.CATALOGUE,
    *decisions.CATALOGUE,
    *circulation.CATALOGUE,
    *endings.CATALOGUE,
    *replies.CATALOGUE,
    *safeguarding.CATALOGUE,
)
SECRET = (
    *decisions.SECRET,
    *circulation.SECRET,
)

__all__ = [
    "CATALOGUE",
    "SECRET",
    "SECRET_CATALOGUE",
    "queue_assigned",
    "queue_circulated",
    "queue_circulation_closed",
    "queue_circulation_reminders",
    "queue_decided",
    "queue_decision_wanted",
    "queue_issue_answered",
    "queue_issue_asked",
    "queue_issue_notice",
    "queue_issue_raised",
    "queue_issue_withdrawn",
    "queue_partners_differ",
    "queue_replied",
    "queue_sent",
    "queue_withdrawn",
]
