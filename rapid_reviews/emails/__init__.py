"""The letters of a rapid review, by noun, and the catalogue of them all."""

from rapid_reviews.emails import assigning, decisions, endings
from rapid_reviews.emails.assigning import queue_assigned
from rapid_reviews.emails.decisions import queue_decided, queue_decision_wanted, queue_partners_differ
from rapid_reviews.emails.endings import queue_sent, queue_withdrawn

CATALOGUE = (
    *assigning.CATALOGUE,
    *decisions.CATALOGUE,
    *endings.CATALOGUE,
)

__all__ = [
    "CATALOGUE",
    "queue_assigned",
    "queue_decided",
    "queue_decision_wanted",
    "queue_partners_differ",
    "queue_sent",
    "queue_withdrawn",
]
