"""What may become evidence, and how a piece of it is shown to one reader.

Rows are shown by pseudonym. A document is named only to those who may read documents, a return only to those who see
it: an invited representative sees that of their own agency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from agency_returns.models import AgencyReturn
from chronology.models import Row
from chronology.models.rows import THE_PANEL
from chronology.names import People
from chronology.timeline import when
from documents.models import Document
from documents.states import Status as DocumentStatus
from panel.models import User
from panel.permissions import Permission
from rapid_reviews.contents import Contents
from rapid_reviews.models import Evidence
from referrals import permissions as cases
from referrals.documents import key_of
from referrals.models import Referral

SHORT = 160  # characters of a row's text


@dataclass(frozen=True)
class Shown:
    """One piece as this reader sees it. Without `url` there is nothing to open."""

    evidence: Evidence
    what: str
    text: str = ""
    url: str = ""
    warning: str = ""

    @property
    def label(self) -> str:
        return self.evidence.label


def choosable(model: type[Any], referral: Referral, user: User, *, on: date) -> QuerySet[Any]:
    """The rows, signed returns or documents of this case that `user` may see and link."""
    if model is Row:
        return Row.objects.visible_to(user).filter(referral=referral).merged()
    if model is AgencyReturn:
        seen = AgencyReturn.objects.visible_to(user, on=on)
        return seen.filter(request__referral=referral, signed_at__isnull=False)
    if not cases.can(user, Permission.READ_DOCUMENTS, referral, on=on):
        return Document.objects.none()
    return Document.objects.visible_to(user).of(key_of(referral)).current()


def shown_to(user: User, contents: Contents, *, on: date) -> dict[str, list[Shown]]:
    """Criterion → its evidence as `user` sees it. A number of queries that does not depend on how much there is."""
    if not contents.evidence:
        return {}
    reader = _Reader(user, contents.review.referral, contents.evidence.values(), on)
    return {criterion: [reader.show(piece) for piece in pieces] for criterion, pieces in contents.evidence.items()}


class _Reader:
    """What one person may see of one case's evidence, asked once."""

    def __init__(self, user: User, referral: Referral, groups: Iterable[list[Evidence]], on: date) -> None:
        self.reference = referral.reference
        self.people = People(referral, with_names=False)
        self.may_read = cases.can(user, Permission.READ_DOCUMENTS, referral, on=on)
        returns = {piece.agency_return_id for group in groups for piece in group if piece.agency_return_id}
        seen = AgencyReturn.objects.visible_to(user, on=on).filter(pk__in=returns) if returns else ()
        self.returns = {one.pk for one in seen}

    def show(self, piece: Evidence) -> Shown:
        if piece.row is not None:
            return self._row(piece, piece.row)
        if piece.agency_return is not None:
            return self._return(piece, piece.agency_return)
        assert piece.document is not None  # the database holds it
        return self._document(piece, piece.document)

    def _row(self, piece: Evidence, row: Row) -> Shown:
        agency = row.agency.short_name if row.agency else THE_PANEL
        day = f"{row.happened_on:%d/%m/%Y}"
        around = reverse("chronology:timeline", args=[self.reference]) + f"?start={day}&end={day}#row-{row.pk}"
        gone = row.withdrawn_at is not None
        return Shown(
            piece,
            f"Chronology, {when(row)}, {agency}",
            Truncator(self.people.text(row.event)).chars(SHORT),
            "" if gone else around,
            "This row was withdrawn since." if gone else "",
        )

    def _return(self, piece: Evidence, version: AgencyReturn) -> Shown:
        if version.pk not in self.returns:
            return Shown(piece, "An agency’s return")
        signed = f", signed off {timezone.localtime(version.signed_at):%-d %B %Y}" if version.signed_at else ""
        what = f"Return of {version.request.agency.short_name}, version {version.version}{signed}"
        return Shown(piece, what, url=reverse("agency_returns:request", args=[self.reference, version.request_id]))

    def _document(self, piece: Evidence, document: Document) -> Shown:
        if not self.may_read:
            return Shown(piece, "A document")
        added = f"{timezone.localtime(document.uploaded_at):%-d %B %Y}"
        warning = "" if document.is_available else f"This document is: {document.get_status_display().lower()}."
        url = reverse("referrals:document-detail", args=[self.reference, document.key])
        gone = document.status == DocumentStatus.DISPOSED
        what = f"Document {document.name}, added {added}"
        return Shown(piece, what, "" if gone else document.description, url, warning)
