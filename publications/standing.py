"""Whose agreement is there for the present words, whose is missing, and whose move it is. Reads, never writes."""

from datetime import date

from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications.choices import PARTNERS, Subject
from publications.models import MediaStrategy, Publication


def whose_move(review: PracticeReview) -> str:
    """Of the review; after its sign-off, of its publication where there is one."""
    publication: Publication | None = getattr(review, "publication", None)
    return str(
        publication.whose_move if publication and review.status == ReviewStatus.SIGNED_OFF else review.whose_move
    )


def strategy_of(publication: Publication) -> MediaStrategy | None:
    """The present version of the media strategy."""
    found: MediaStrategy | None = publication.strategies.order_by("-number").first()
    return found


def fingerprint_of(publication: Publication, subject: str) -> str:
    """SHA-256 of the words that there are now; empty where there are none to agree to."""
    if subject == Subject.REPORT:
        return publication.fingerprint
    strategy = strategy_of(publication)
    return strategy.fingerprint_in(publication.round) if strategy else ""


def agreed_partners(publication: Publication, subject: str) -> dict[str, date]:
    """Partner to the day on which it agreed to the present words."""
    fingerprint = fingerprint_of(publication, subject)
    if not fingerprint:
        return {}
    rows = publication.agreements.filter(subject=subject, fingerprint=fingerprint)
    return dict(rows.values_list("partner", "agreed_on"))


def missing_partners(publication: Publication, subject: str) -> list[str]:
    """The labels of the partners that have not agreed to the present words."""
    there = agreed_partners(publication, subject)
    return [str(partner.label) for partner in PARTNERS if partner not in there]
