"""The letters of learning: short, nameless, with a reference and a link. One function each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from core.letters import Letter
from deadlines.quiet import send_at
from learning import links
from learning.models import Cascade, ImpactCheck, Reader
from notifications.workflow import queue
from panel.models import Agency, Partnership, User
from referrals.emails import MARKING

READING = "learning-reading"
READING_DUE = "learning-reading-due"
CASCADE = "learning-cascade"
CASCADE_DUE = "learning-cascade-due"
IMPACT_DUE = "learning-impact-due"

# kind, title, who, when, secret
CATALOGUE = (
    (READING, "A review to read", "Whoever is to read it", "When it is given to them", False),
    (
        READING_DUE,
        "Reviews to read are due or late",
        "Their readers, one mail a person and day",
        "Three days before the day (local practice), then each week",
        False,
    ),
    (CASCADE, "Learning to pass on", "The agency’s safeguarding lead", "When the agency is asked to cascade it", True),
    (
        CASCADE_DUE,
        "Learning to pass on is due or late",
        "The agency’s safeguarding lead, one mail an agency and day",
        "Three days before the day (local practice), then each week",
        True,
    ),
    (
        IMPACT_DUE,
        "Look at the impact of a key message",
        "The business manager, one mail a day",
        "Three days before the day (local practice), then each week",
        False,
    ),
)


def _letter(kind: str, subject: str, reference: str = "", **context: Any) -> Letter:
    name = kind.removeprefix("learning-").replace("-", "_")
    about = {"partnership": Partnership.current(), "site": settings.SITE_URL}
    text = render_to_string(f"emails/learning/{name}.txt", about | context)
    return Letter(kind, f"{MARKING} {subject}", text, reference=reference)


def queue_reading(reader: Reader, *, now: datetime) -> None:
    review = reader.review
    subject = f"{review.reference}: a review to read by {reader.due_on:%-d %B %Y}"
    url = f"{settings.SITE_URL}{review.get_absolute_url()}"
    letter = _letter(READING, subject, review.reference, reader=reader, review=review, url=url)
    key = f"{READING}:{reader.pk}:{reader.due_on.isoformat()}:{now.isoformat()}"
    queue(letter, key=key, to=reader.user, not_before=send_at(now))


def queue_reading_due(user: User, readers: Sequence[Reader], *, today: date, now: datetime) -> None:
    count = len(readers)
    letter = _letter(
        READING_DUE, f"{count} review{' waits' if count == 1 else 's wait'} to be read", readers=readers, today=today
    )
    queue(letter, key=f"{READING_DUE}:{user.pk}:{today.isoformat()}", to=user, not_before=send_at(now))


def queue_cascade(cascade: Cascade, *, by: User, now: datetime, again: bool = False) -> str:
    """To the agency's safeguarding lead, with a link; returns the address, empty where nobody can be written to."""
    address = cascade.agency.safeguarding_address.lower()
    if not address:
        return ""
    message = cascade.product.message
    subject = f"{message.reference}: learning to pass on by {cascade.due_on:%-d %B %Y}"
    url = links.issue(cascade, by=by, now=now)
    letter = _letter(CASCADE, subject, message.reference, cascade=cascade, message=message, url=url, again=again)
    queue(letter, key=f"{CASCADE}:{cascade.pk}:{now.isoformat()}", address=address, not_before=send_at(now))
    return address


def queue_cascades_due(agency: Agency, cascades: Sequence[Cascade], *, today: date, now: datetime) -> None:
    lines = [(cascade, links.issue(cascade, by=None, now=now)) for cascade in cascades]
    letter = _letter(CASCADE_DUE, "learning to pass on: please confirm", lines=lines, today=today)
    key = f"{CASCADE_DUE}:{agency.pk}:{today.isoformat()}"
    queue(letter, key=key, address=agency.safeguarding_address.lower(), not_before=send_at(now))


def queue_impact_due(user: User, checks: Sequence[ImpactCheck], *, today: date, now: datetime) -> None:
    letter = _letter(IMPACT_DUE, "the impact of key messages is to be looked at", checks=checks, today=today)
    queue(letter, key=f"{IMPACT_DUE}:{user.pk}:{today.isoformat()}", to=user, not_before=send_at(now))
