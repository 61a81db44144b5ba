"""What every letter of a rapid review shares: short, nameless, with the neutral reference and a link."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.letters import Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import User
from rapid_reviews.models import RapidReview
from referrals.emails import case_letter
from referrals.people import recipients


def letter(kind: str, subject: str, review: RapidReview, page: str = "review-workspace", **more: Any) -> Letter:
    reference = review.referral.reference
    return case_letter(
        kind,
        reference=reference,
        subject=subject,
        template=f"emails/rapid_reviews/{kind.removeprefix('rapid-review-').replace('-', '_')}.txt",
        path=reverse(f"rapid_reviews:{page}", kwargs={"reference": reference}),
        review=review,
        **more,
    )


def queue_to(written: Letter, people: Iterable[User], *, about: int, now: datetime) -> None:
    for person in people:
        queue(written, key=f"{written.kind}:{about}:{person.pk}", to=person, not_before=send_at(now))


def carriers(review: RapidReview, now: datetime) -> list[User]:
    """Lead, business manager and chair of the case, each once; the case's walls are applied below."""
    people = recipients(review.referral, timezone.localdate(now))
    found = {user.pk: user for level in ("lead", "business_manager", "chair") for user in people[level]}
    return list(found.values())
