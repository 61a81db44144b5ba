"""What our own pages of a bundle say, as one dict: with names, or by pseudonym in every text that people wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from agency_returns.choices import Part
from agency_returns.models import AgencyReturn, InformationRequest
from chronology import exports
from chronology.models import Row
from chronology.models.rows import THE_PANEL
from chronology.names import STILL, People
from chronology.timeline import Line, when
from panel.models import Partnership
from rapid_reviews.bundles.files import Paper
from rapid_reviews.choices import Variant
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.models import Evidence, PartnerDecision, RapidReview, Recommendation
from referrals import facts
from referrals.facts import Row as Fact

MOST_ROWS = 1000  # of a chronology; beyond, the spreadsheet in the ZIP has them all
SECTIONS = (  # anchor, title: the order of the contents
    ("case", "Case sheet"),
    ("returns", "Agency returns"),
    ("chronology", "Merged chronology"),
    ("criteria", "Criteria, reasons and evidence"),
    ("recommendation", "Recommendation"),
    ("decisions", "Decisions of the Safeguarding Partners"),
    ("documents", "Documents"),
)


class Papers:
    """Everything read once; `data` then gives the dict for a set of documents and page numbers."""

    def __init__(self, review: RapidReview, variant: Variant) -> None:
        self.review, self.variant = review, variant
        self.with_names = variant == Variant.FULL
        self.people = People(review.referral, with_names=self.with_names)
        self.contents: Contents = contents_of(review)
        rows = Row.objects.filter(referral=review.referral).merged()
        self.rows = rows.count()
        if self.rows > MOST_ROWS:
            episodes = rows.filter(is_key_episode=True).in_order()
            rows = rows.filter(pk__in=list(episodes.values_list("pk", flat=True)[:MOST_ROWS]))
        self.lines: list[Line] = list(exports.lines(rows, self.people))
        self.anchored = {line.row.pk for line in self.lines}
        self.returns = self._returns()

    def spreadsheet(self) -> bytes:
        """All rows of the merged chronology as the bundle shows them."""
        rows = Row.objects.filter(referral=self.review.referral).merged()
        return exports.xlsx(rows, self.people, self.review.referral)[0]

    def data(self, papers: Sequence[Paper], files: Sequence[dict[str, Any]], *, now: datetime) -> dict[str, Any]:
        """`files` is the list of hashes so far; the page numbers stand in `papers`."""
        bound = {paper.document.pk for paper in papers if paper.pages}
        return {
            "partnership": Partnership.current().name,
            "reference": self.review.referral.reference,
            "review": self.review,
            "variant": self.variant.label,
            "with_names": self.with_names,
            "still": STILL,
            "made_at": timezone.localtime(now),
            "sections": SECTIONS,
            "case": self._case(),
            "returns": self.returns,
            "lines": self.lines,
            "rows": self.rows,
            "all_rows": self.rows <= MOST_ROWS,
            "findings": [self._finding(answer, bound) for answer in self.contents.findings],
            "themes": [theme.name for theme in self.contents.themes],
            "recommendations": self._recommendations(),
            "papers": papers,
            "files": files,
        }

    def _said(self, rows: Sequence[Fact]) -> list[tuple[str, str]]:
        return [(one.label, self.people.text(one.value)) for one in rows]

    def _case(self) -> list[tuple[str, list[tuple[str, str]]]]:
        referral, names = self.review.referral, self.with_names
        children = referral.children.order_by("position").prefetch_related("known_to__involved_agency__agency")
        blocks = [("The incident", facts.incident_rows(referral)), ("Dates", facts.date_rows(referral))]
        blocks += [(self.people.child(child), facts.child_rows(child, referral, names=names)) for child in children]
        blocks += [(str(person), rows) for person, rows in facts.people_rows(referral, names=names)]
        agencies = facts.agency_rows(referral.involved_agencies.select_related("agency"), referral)
        return [(title, self._said(rows)) for title, rows in [*blocks, ("Agencies involved", agencies)]]

    def _returns(self) -> list[dict[str, Any]]:
        signed = AgencyReturn.objects.filter(signed_at__isnull=False).order_by("-version").prefetch_related("parts")
        requests = InformationRequest.objects.filter(referral=self.review.referral).select_related("agency")
        found = requests.prefetch_related(Prefetch("versions", signed, to_attr="signed")).order_by("agency__name")
        return [self._return(one) for one in found]

    def _return(self, request: Any) -> dict[str, Any]:
        """The newest version signed off. What agencies write holds names: without the right to these, answers only."""
        version = request.signed[0] if request.signed else None
        parts = {part.key: part for part in version.parts.all()} if version else {}
        told = []
        for part in Part:
            saved = parts.get(part.value)
            answer = saved.get_finding_display() if saved and saved.finding else ""
            text = saved.text if saved and self.with_names else ""
            if answer or text:
                told.append((part.label, answer, text))
        return {
            "agency": request.agency.name,
            "state": request.get_status_display(),
            "version": version,
            "anchors": [f"return-{one.pk}" for one in request.signed],
            "parts": told,
        }

    def _finding(self, answer: Any, bound: set[int]) -> dict[str, Any]:
        return {
            "criterion": answer.get_criterion_display(),
            "finding": answer.finding_label,
            "reason": self.people.text(answer.reason),
            "by": answer.answered_by.name,
            "on": timezone.localdate(answer.answered_at),
            "evidence": [self._piece(piece, bound) for piece in self.contents.evidence.get(answer.criterion, [])],
        }

    def _piece(self, piece: Evidence, bound: set[int]) -> dict[str, str]:
        """`href` leads to where it stands in the bundle; empty where it does not."""
        label = piece.label
        if piece.row is not None:
            agency = piece.row.agency.short_name if piece.row.agency else THE_PANEL
            gone = " (withdrawn since)" if piece.row.withdrawn_at else ""
            there = piece.row_id in self.anchored
            what, href = f"Chronology, {when(piece.row)}, {agency}{gone}", f"#row-{piece.row_id}" if there else ""
        elif piece.agency_return is not None:
            one = piece.agency_return
            what, href = f"Return of {one.request.agency}, version {one.version}", f"#return-{one.pk}"
        else:
            there = piece.document_id in bound
            what, href = f"Document {piece.document}", f"bundle:document-{piece.document_id}" if there else ""
        text = self.people.text(piece.row.event) if piece.row is not None else ""
        return {"label": label, "what": what, "href": href, "text": text}

    def _recommendations(self) -> list[dict[str, Any]]:
        """The one that stands, then those reopened, each with its decisions; a draft is not the Panel's word yet."""
        standing = [self.contents.standing] if self.contents.standing else []
        return [self._recommendation(one) for one in [*standing, *self.contents.past]]

    def _recommendation(self, one: Recommendation) -> dict[str, Any]:
        seats = [
            f"{seat.membership.user.name}, {seat.membership.get_role_display()}, {seat.membership.agency.short_name}"
            + (" (conflict of interest: does not count)" if seat.is_conflicted else "")
            for seat in one.attendances.all()
        ]
        rows = [
            ("Outcome", one.get_outcome_display()),
            ("Reason", self.people.text(one.reason)),
            ("Panel meeting", f"{one.met_on:%-d %B %Y}" if one.met_on else ""),
            ("Present", "\n".join(seats)),
            ("Quorum", "Quorate" if one.is_quorate else "Not quorate"),
            ("The chair’s ruling", self.people.text(one.chair_ruling)),
            ("Dissent", self.people.text(one.dissent)),
            ("Reopened because", self.people.text(one.reopen_reason)),
        ]
        return {
            "number": one.number,
            "stands": one == self.contents.standing,
            "rows": [(label, value) for label, value in rows if value],
            "decisions": [self._decision(decision) for decision in one.decisions.all()],
        }

    def _decision(self, one: PartnerDecision) -> dict[str, Any]:
        amended = f": {one.get_amended_outcome_display()}" if one.amended_outcome else ""
        on = timezone.localdate(one.decided_at)
        return {
            "partner": one.get_partner_display(),
            "view": f"{one.get_view_display()}{amended}",
            "reasons": self.people.text(one.reasons),
            "by": f"{one.decided_by.name}, {one.agency.short_name}, {on:%-d %B %Y}",
        }
