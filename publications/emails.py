"""The letters of publication: short, nameless, with the neutral reference and a link. One function each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from core.letters import Letter
from deadlines import calendar as stored
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from panel.people import holders
from panel.roles import Role
from publications import plan
from publications.choices import Subject
from publications.models import Publication, PublicationMove
from publications.standing import strategy_of
from referrals.emails import MARKING
from referrals.people import is_walled, recipients

MOVED = "publication-moved"
AGREE_AGAIN = "publication-agree-again"
PUBLISHED = "publication-published"
TAKEN_DOWN = "publication-taken-down"
WITHHELD = "publication-withheld"

EVERYBODY = "Lead, business manager, chair and Safeguarding Partners"
# kind, title, who, when
CATALOGUE = (
    (
        MOVED,
        "The plan of a publication has moved",
        f"{EVERYBODY}; the communications leads of the media strategy",
        "When its date is moved, or a bank holiday or time limit moves the plan",
    ),
    (
        AGREE_AGAIN,
        "Please agree again",
        "Safeguarding Partners",
        "When a report, public text or media strategy changes after a partner agreed to it",
    ),
    (PUBLISHED, "A report was published", EVERYBODY, "At once, when it is published"),
    (TAKEN_DOWN, "A published report was taken down", EVERYBODY, "At once, when it is taken down"),
    (WITHHELD, "A report will not be published", EVERYBODY, "When that is decided"),
)

LEVELS = ("lead", "business_manager", "chair", "executive")
ROLES = {
    "business_manager": (Role.BUSINESS_MANAGER,), "chair": (Role.CHAIR,), "executive": (Role.SAFEGUARDING_PARTNER,),
}  # fmt: skip


def people(publication: Publication, levels: Iterable[str], now: datetime) -> list[User]:
    """Who is told, each once, with the walls of the case applied; a review of no case concerns the Panel's own."""
    day, referral = timezone.localdate(now), publication.practice_review.referral
    if referral is not None:
        by_level = recipients(referral, day)
        found = [user for level in levels for user in by_level[level]]
    else:
        found = list(holders(*(role for level in levels for role in ROLES.get(level, ())), on=day))
    return list({user.pk: user for user in found}.values())


def communications_leads(publication: Publication, now: datetime) -> list[str]:
    """The addresses of the strategy's communications leads, without those behind a wall of the case."""
    strategy, referral = strategy_of(publication), publication.practice_review.referral
    addresses = {lead["email"].lower() for lead in strategy.leads if lead["email"]} if strategy else set()
    day = timezone.localdate(now)
    users = {user.email.lower(): user for user in User.objects.filter(email__in=addresses)}
    return sorted(
        address
        for address in addresses
        if referral is None or address not in users or not is_walled(referral, users[address], on=day)
    )


def _letter(kind: str, publication: Publication, subject: str, **context: Any) -> Letter:
    url = f"{settings.SITE_URL}{publication.get_absolute_url()}"
    about = {"publication": publication, "url": url, "partnership": Partnership.current()}
    name = kind.removeprefix("publication-").replace("-", "_")
    text = render_to_string(f"emails/publications/{name}.txt", about | context)
    return Letter(
        kind, f"{MARKING} {publication.reference}: {subject}", text, reference=publication.case_reference
    )  # fmt: skip


def _each(letter: Letter, to: Iterable[User], key: str, now: datetime, *, urgent: bool = False) -> None:
    for person in to:
        queue(letter, key=f"{letter.kind}:{key}:{person.pk}", to=person, not_before=send_at(now, urgent=urgent))


def queue_moved(moved: PublicationMove, *, now: datetime) -> None:
    """From which day to which and why, with the dates of the plan as they now stand and what no longer fits."""
    publication, calendar = moved.publication, stored.current()
    lines = plan.lines(publication.steps.all(), publication.planned_on, calendar, today=timezone.localdate(now))
    closed = plan.why_no_day(publication.planned_on, calendar)
    subject = "the plan of publication has moved"
    letter = _letter(MOVED, publication, subject, moved=moved, lines=lines, closed=closed)
    told = people(publication, LEVELS, now)
    _each(letter, told, str(moved.pk), now)
    for address in sorted(set(communications_leads(publication, now)) - {user.email.lower() for user in told}):
        queue(letter, key=f"{MOVED}:{moved.pk}:{address}", address=address, not_before=send_at(now))


def queue_agree_again(publication: Publication, subject: Subject, *, now: datetime) -> None:
    letter = _letter(AGREE_AGAIN, publication, "please agree again", what=Subject(subject).label.lower())
    _each(letter, people(publication, ["executive"], now), f"{publication.pk}:{subject}:{now.isoformat()}", now)


def queue_published(publication: Publication, *, now: datetime) -> None:
    addresses = list(publication.addresses.values_list("address", flat=True))
    letter = _letter(PUBLISHED, publication, "the report is published", addresses=addresses)
    _each(letter, people(publication, LEVELS, now), f"{publication.pk}:{publication.round}", now, urgent=True)


def queue_taken_down(publication: Publication, *, now: datetime) -> None:
    letter = _letter(TAKEN_DOWN, publication, "the report was taken down")
    _each(letter, people(publication, LEVELS, now), f"{publication.pk}:{publication.round}", now, urgent=True)


def queue_withheld(publication: Publication, *, now: datetime) -> None:
    letter = _letter(WITHHELD, publication, "the report will not be published")
    _each(letter, people(publication, LEVELS, now), f"{publication.pk}:{publication.round}", now)
