"""The letters of a rapid review, by noun, and the catalogue of them all."""

from rapid_reviews.emails import decisions, endings, safeguarding
from rapid_reviews.emails.decisions import queue_decided, queue_decision_wanted, queue_partners_differ
from rapid_reviews.emails.endings import queue_sent, queue_withdrawn
from rapid_reviews.emails.safeguarding import SECRET as SECRET_CATALOGUE
from rapid_reviews.emails.safeguarding import (
    queue_issue_answered,
    queue_issue_asked,
    queue_issue_notice,
    queue_issue_raised,
    queue_issue_withdrawn,
)

CATALOGUE = (
    *decisions.CATALOGUE,
    *endings.CATALOGUE,
    *safeguarding.CATALOGUE,
)

__all__ = [
    "CATALOGUE",
    "SECRET_CATALOGUE",
    "queue_decided",
    "queue_decision_wanted",
    "queue_issue_answered",
    "queue_issue_asked",
    "queue_issue_notice",
    "queue_issue_raised",
    "queue_issue_withdrawn",
    "queue_partners_differ",
    "queue_sent",
    "queue_withdrawn",
]
