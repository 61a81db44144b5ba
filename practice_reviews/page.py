"""What the pages show of commissioned reviews, ready for templates."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from access_links.workflow import usable_for
from audit.models import Event
from audit.sentences import READ
from documents.models import Document
from practice_reviews import permissions
from practice_reviews.choices import Kind
from practice_reviews.documents import report_key
from practice_reviews.facts import Standing, standing
from practice_reviews.kinds import KINDS, Rules
from practice_reviews.models import AgencyAsk, BodyLetter, Declaration, PracticeReview, Reviewer
from practice_reviews.states import ASKS, REVIEWERS, Status
from practice_reviews.workflow.gates import missing

TONES = {
    Status.COMMISSIONED: "grey", Status.UNDER_WAY: "blue", Status.DRAFTED: "purple", Status.SIGNED_OFF: "green",
    Status.STOPPED: "grey",
}  # fmt: skip
MOST_EVENTS = 100


@dataclass(frozen=True)
class Line:
    """One review of a table."""

    standing: Standing

    @property
    def review(self) -> PracticeReview:
        return self.standing.review

    @property
    def tone(self) -> str:
        return TONES[Status(self.review.status)]


@dataclass(frozen=True)
class Shown:
    """Somebody in the search for a reviewer: their standing declaration, requests, and what can be done."""

    reviewer: Reviewer
    declarations: list[Declaration]
    requests: list[Any]
    verbs: frozenset[str]

    @property
    def standing(self) -> Declaration | None:
        return self.declarations[0] if self.declarations else None


@dataclass(frozen=True)
class ReviewPage:
    """The workspace of one review, on one day, for one person."""

    review: PracticeReview
    user: Any
    today: date
    now: datetime

    @cached_property
    def line(self) -> Line:
        return Line(standing(self.review, self.today))

    @property
    def standing(self) -> Standing:
        return self.line.standing

    @cached_property
    def verbs(self) -> dict[str, bool]:
        return dict.fromkeys(permissions.verbs_for(self.user, self.review, on=self.today), True)

    @property
    def rules(self) -> Rules:
        return KINDS[Kind(self.review.kind)]

    @cached_property
    def missing(self) -> list[str]:
        return missing(self.review) if self.review.status == Status.COMMISSIONED else []

    @cached_property
    def reviewers(self) -> list[Shown]:
        rows = self.review.reviewers.prefetch_related("declarations__ruled_by", "requests").select_related("chosen_by")
        return [
            Shown(row, list(row.declarations.all()), list(row.requests.all()), self._reviewer_verbs(row))
            for row in rows
        ]

    def _reviewer_verbs(self, row: Reviewer) -> frozenset[str]:
        if not self.verbs.get("choose_reviewer"):
            return frozenset()
        return frozenset(verb for verb in REVIEWERS.verbs if REVIEWERS.find(row.status, verb))

    @cached_property
    def enquiries(self) -> list[Any]:
        return list(self.review.enquiries.select_related("origin"))

    @cached_property
    def children(self) -> list[Any]:
        return [row.child for row in self.review.scope_children.select_related("child").order_by("child__position")]

    @cached_property
    def agencies(self) -> list[Any]:
        return [row.agency for row in self.review.scope_agencies.select_related("agency")]

    @cached_property
    def members(self) -> list[Any]:
        return list(self.review.members.select_related("agency"))

    @cached_property
    def meetings(self) -> list[Any]:
        return list(self.review.meetings.all())

    @cached_property
    def letters(self) -> list[BodyLetter]:
        return list(self.review.letters.filter(notice__isnull=True).select_related("sent_by"))

    @cached_property
    def notices(self) -> list[tuple[Any, list[BodyLetter]]]:
        rows = self.review.delay_notices.prefetch_related("letters__sent_by").select_related("written_by")
        return [(row, list(row.letters.all())) for row in rows]

    @cached_property
    def ask(self) -> AgencyAsk | None:
        found: AgencyAsk | None = AgencyAsk.objects.filter(review=self.review).select_related("received_by").first()
        if found is not None:
            found.review = self.review
        return found

    @cached_property
    def ask_verbs(self) -> dict[str, bool]:
        ask = self.ask
        if ask is None or not self.review.is_running:
            return {}
        may = (verb for verb in ASKS.verbs if permissions.can_ask(self.user, ask, verb, on=self.today))
        return dict.fromkeys(may, True)

    @cached_property
    def reports(self) -> list[Document]:
        """The files of the agency's report that this person may read."""
        return list(Document.objects.visible_to(self.user).filter(owner_key=report_key(self.review)))

    @cached_property
    def links(self) -> int:
        if self.ask is None or not self.verbs.get("set_scope"):
            return 0
        return len(usable_for([self.ask.subject], now=self.now).get(self.ask.subject, []))

    @cached_property
    def events(self) -> list[Event]:
        """The history of this review alone, newest first."""
        label = "practice_reviews.PracticeReview"
        mine = Event.objects.filter(object_label=label, object_id=str(self.review.pk)).exclude(verb=READ)
        return list(mine.order_by("-at", "-pk")[:MOST_EVENTS])
