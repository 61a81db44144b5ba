"""The letters of a rapid review, by noun, and the catalogue of them all."""

from rapid_reviews.emails import decisions, endings, replies
from rapid_reviews.emails.decisions import queue_decided, queue_decision_wanted, queue_partners_differ
from rapid_reviews.emails.endings import queue_sent, queue_withdrawn
from rapid_reviews.emails.replies import queue_replied

CATALOGUE = (
    *decisions.CATALOGUE,
    *endings.CATALOGUE,
    *replies.CATALOGUE,
)

__all__ = [
    "CATALOGUE",
    "queue_decided",
    "queue_decision_wanted",
    "queue_partners_differ",
    "queue_replied",
    "queue_sent",
    "queue_withdrawn",
]
