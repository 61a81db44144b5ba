"""Letters about a recommendation circulated outside a meeting. Those with a link are secret. One function each."""

from collections.abc import Sequence
from datetime import datetime

from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import User
from rapid_reviews import links
from rapid_reviews.emails.base import carriers, letter, queue_to
from rapid_reviews.models import Circulation, CirculationAnswer, RapidReview

CIRCULATED = "rapid-review-circulated"
REMINDER = "rapid-review-circulation-reminder"
CLOSED = "rapid-review-circulation-closed"

CATALOGUE = (
    (CIRCULATED, "Recommendation circulated", "Every member of the Panel", "When it is circulated"),
    (
        REMINDER,
        "Your answer is still wanted",
        "Members who have not answered",
        "The working day before the last one, and on the last one",
    ),
    (
        CLOSED,
        "The circulation is over",
        "Lead, business manager and chair",
        "When all members have answered, or the day has passed",
    ),
)
SECRET = (CIRCULATED, REMINDER)


def queue_circulated(
    review: RapidReview, circulation: Circulation, rows: Sequence[CirculationAnswer], *, by: User | None, now: datetime
) -> None:
    for row in rows:
        _ask(CIRCULATED, "your answer is wanted", review, circulation, row, by=by, now=now)


def queue_circulation_reminders(
    review: RapidReview, circulation: Circulation, rows: Sequence[CirculationAnswer], *, now: datetime
) -> None:
    for row in rows:
        _ask(REMINDER, "your answer is still wanted", review, circulation, row, by=None, now=now)


def _ask(
    kind: str,
    subject: str,
    review: RapidReview,
    circulation: Circulation,
    row: CirculationAnswer,
    *,
    by: User | None,
    now: datetime,
) -> None:
    """To one member, with a link of their own."""
    url = links.for_answer(row, review, by=by, now=now)
    subject = f"{subject} by {circulation.due_on:%A} {circulation.due_on.day} {circulation.due_on:%B}"
    written = letter(kind, subject, review, "circulation", url=url, circulation=circulation)
    key = f"{kind}:{row.pk}:{row.reminded_on or 'first'}"
    queue(written, key=key, to=row.membership.user, not_before=send_at(now))


def queue_circulation_closed(review: RapidReview, circulation: Circulation, *, now: datetime) -> None:
    written = letter(CLOSED, "the circulation is over", review, "circulation")
    queue_to(written, carriers(review, now), about=circulation.pk, now=now)
