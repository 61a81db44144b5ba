"""The letters about single-agency reviews: short, nameless, with the neutral reference and a link."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from core.letters import Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from practice_reviews.links import asking as links
from practice_reviews.models import AgencyAsk
from practice_reviews.people import carriers
from referrals.emails import case_letter

ASKED = "review-asked"
CHASED = "review-chased"
ANSWERED = "review-answered"
ESCALATED = "review-escalated"
WITHDRAWN = "review-withdrawn"

LEAD = "The agency’s safeguarding lead, or whom was named"
# kind, title, who, when, secret
CATALOGUE = (
    (ASKED, "A single-agency review is asked for", LEAD, "When the agency is asked, asked again or redirected", True),
    (CHASED, "A single-agency review awaits your agency", LEAD, "When the answer or the report is late", True),
    (ANSWERED, "An agency answered for its review", "Business manager and chair", "When it accepts or declines", False),
    (
        ESCALATED,
        "A single-agency review is late",
        "The chair, then the Executive Group",
        "After the day that was missed, by the times in the admin site",
        False,
    ),
    (WITHDRAWN, "A single-agency review is no longer asked for", LEAD, "When the request is withdrawn", False),
)


def _letter(kind: str, ask: AgencyAsk, subject: str, **context: Any) -> Letter:
    review = ask.review
    return case_letter(
        kind, reference=review.case_reference, subject=f"{review.reference}, {subject}",
        template=f"emails/practice_reviews/{kind.removeprefix('review-')}.txt", path=review.get_absolute_url(),
        ask=ask, review=review, partnership=Partnership.current(), **context,
    )  # fmt: skip


def _to_lead(letter: Letter, ask: AgencyAsk, *, key: str, now: datetime) -> None:
    """To the work address; to the account that has it, if there is one, so that a later wall stops the letter."""
    user = User.objects.filter(email__iexact=ask.lead_address, is_active=True).first()
    where = {"to": user} if user else {"address": ask.lead_address}
    queue(letter, key=f"{letter.kind}:{ask.pk}:{key}", not_before=send_at(now), **where)


def queue_asked(ask: AgencyAsk, *, by: User, now: datetime) -> None:
    url = links.url_for(ask, by=by, now=now)
    who = sha256(ask.lead_address.encode()).hexdigest()[:16]  # an address may be longer than a key
    _to_lead(
        _letter(ASKED, ask, f"an answer is wanted by {ask.answer_by:%-d %B}", url=url), ask,
        key=f"{ask.round}:{who}:{now.isoformat()}", now=now,
    )  # fmt: skip


def queue_chased(ask: AgencyAsk, *, due_on: date, now: datetime) -> None:
    url = links.url_for(ask, by=None, now=now)
    letter = _letter(CHASED, ask, "this awaits your agency", url=url, due_on=due_on)
    _to_lead(letter, ask, key=f"{ask.round}:{due_on}", now=now)


def queue_withdrawn(ask: AgencyAsk, *, now: datetime) -> None:
    _to_lead(_letter(WITHDRAWN, ask, "no longer asked for"), ask, key="withdrawn", now=now)


def queue_answered(ask: AgencyAsk, *, now: datetime) -> None:
    letter = _letter(ANSWERED, ask, f"{ask.get_status_display().lower()} by the agency")
    for person in carriers(ask.review, timezone.localdate(now)):
        queue(letter, key=f"{ANSWERED}:{ask.pk}:{ask.round}:{person.pk}", to=person, not_before=send_at(now))


def queue_escalated(ask: AgencyAsk, person: User, *, level: str, due_on: date, now: datetime) -> None:
    letter = _letter(ESCALATED, ask, "late", due_on=due_on)
    queue(letter, key=f"{ESCALATED}:{ask.pk}:{level}:{due_on}:{person.pk}", to=person, not_before=send_at(now))
