"""The letters about drafts: short, nameless, marked, with the neutral reference and a link. One function each.

Those with a link that lets its reader in are secret: the admin site does not show their text.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.letters import Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from panel.people import holders
from panel.roles import Role
from practice_reviews.links import drafts as links
from practice_reviews.models import FactCheck, PracticeReview
from referrals.emails import MARKING
from referrals.people import recipients

OUT = "draft-out"
MOVED = "draft-moved"
CHASE = "draft-chase"
CHASE_MANAGER = "draft-chase-manager"
ARRIVED = "draft-comments-arrived"
ANSWERED = "draft-comments-answered"

LEAD = "The agency’s safeguarding lead"
# kind, title, who, when, secret
CATALOGUE = (
    (OUT, "A draft whose facts are to be checked", LEAD, "When a draft goes to the agency, or a link is sent", True),
    (MOVED, "More time for a draft", LEAD, "When the day for comments moves", True),
    (CHASE, "A draft waits for an answer", LEAD, "At the steps of the ladder for drafts", True),
    (CHASE_MANAGER, "Answers to a draft are late", "The business manager", "At the steps of that ladder", False),
    (ARRIVED, "An agency has checked a draft", "The business manager", "When it sent comments, or has none", False),
    (ANSWERED, "Comments on a draft were answered", LEAD, "When each of its comments has an answer", True),
)


def managers(review: PracticeReview, now: datetime) -> list[User]:
    """The business managers, with the walls of the review's case applied."""
    today = timezone.localdate(now)
    if review.referral is not None:
        return recipients(review.referral, today)["business_manager"]
    return list(holders(Role.BUSINESS_MANAGER, on=today))


def _letter(kind: str, review: PracticeReview, subject: str, url: str, **context: Any) -> Letter:
    about = {"review": review, "url": url, "partnership": Partnership.current()} | context
    text = render_to_string(f"emails/practice_reviews/{kind.replace('-', '_')}.txt", about)
    return Letter(kind, f"{MARKING} {review.reference}: {subject}", text, reference=review.case_reference)


def _to_agency(kind: str, row: FactCheck, subject: str, *, by: Any, now: datetime) -> None:
    """To the safeguarding lead, with a new link; nothing where a wall has come between them and the case."""
    if row.lead_address in links.walled_addresses(row.draft.review, timezone.localdate(now)):
        return
    url = links.issue(row, by=by, now=now)
    letter = _letter(kind, row.draft.review, subject, url, check=row, draft=row.draft)
    queue(letter, key=f"{kind}:{row.pk}:{now.isoformat()}", address=row.lead_address, not_before=send_at(now))


def queue_out(row: FactCheck, *, by: User, now: datetime) -> None:
    _to_agency(OUT, row, f"draft {row.draft.number} to check by {row.draft.due_on:%-d %B}", by=by, now=now)


def queue_moved(row: FactCheck, *, by: User, now: datetime) -> None:
    _to_agency(MOVED, row, f"draft {row.draft.number}, now by {row.draft.due_on:%-d %B}", by=by, now=now)


def queue_answered(row: FactCheck, *, by: User, now: datetime) -> None:
    _to_agency(ANSWERED, row, f"your comments on draft {row.draft.number} are answered", by=by, now=now)


def queue_arrived(row: FactCheck, *, now: datetime) -> None:
    review = row.draft.review
    subject = f"{row.agency.short_name}: {row.get_status_display().lower()}, draft {row.draft.number}"
    letter = _letter(ARRIVED, review, subject, f"{settings.SITE_URL}{row.draft.get_absolute_url()}", check=row)
    for person in managers(review, now):
        key = f"{ARRIVED}:{row.pk}:{now.isoformat()}:{person.pk}"
        queue(letter, key=key, to=person, not_before=send_at(now))


def chase_letter(lines: Sequence[Any], *, to_manager: bool) -> Letter:
    """All drafts of which one person is reminded. Its subject names a review only where it is the only one."""
    reviews = list(dict.fromkeys(line.check.draft.review for line in lines))
    late = sum(line.is_late for line in lines)
    count = f"{len(lines)} answer{'' if len(lines) == 1 else 's'} to drafts wanted"
    what = count + (f", {late} late" if late else "")
    subject = f"{MARKING} {reviews[0].reference}: {what}" if len(reviews) == 1 else f"{MARKING} {what}"
    context = {
        "lines": lines, "to_manager": to_manager, "site": settings.SITE_URL, "partnership": Partnership.current(),
        "home": f"{settings.SITE_URL}{reverse('overview:home')}",
    }  # fmt: skip
    text = render_to_string("emails/practice_reviews/draft_chase.txt", context)
    kind = CHASE_MANAGER if to_manager else CHASE
    return Letter(kind, subject, text, reference=reviews[0].case_reference if len(reviews) == 1 else "")
