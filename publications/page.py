"""What the pages show of a publication, ready for templates."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from audit.models import Event
from audit.sentences import READ
from deadlines import calendar as stored
from deadlines.standing import Standing, standing
from panel.models import User
from panel.permissions import Permission
from panel.permissions import can as may
from publications import gate, permissions, plan
from publications.choices import PARTNERS, SETTLED, StepKind, Subject
from publications.models import MediaStrategy, PartnerAgreement, PlanStep, Publication, PublicPage, Withholding
from publications.standing import fingerprint_of, strategy_of
from publications.states import Status

MOST_EVENTS = 60


@dataclass(frozen=True)
class StepLine:
    """One row of the plan: how it stands in a word, with the sentence where it no longer fits."""

    line: plan.Line
    today: date
    may_change: bool

    @property
    def step(self) -> PlanStep:
        return self.line.step

    @property
    def word(self) -> str:
        if self.step.not_needed_reason:
            return "Not needed"
        if self.step.done_on:
            return "Done"
        return "Late" if self.step.due_on < self.today else "To do"

    @property
    def tone(self) -> str:
        return {"Done": "green", "Late": "red", "To do": "blue", "Not needed": "grey"}[self.word]

    @property
    def title(self) -> str:
        return self.step.title

    @property
    def note(self) -> str:
        return self.line.problem or self.line.warning

    @property
    def is_linked(self) -> bool:
        return self.may_change and self.step.kind not in SETTLED


@dataclass(frozen=True)
class AgreementLine:
    """One partner and one subject: the agreement to the present words, or that an earlier one no longer holds."""

    partner: str
    present: PartnerAgreement | None
    has_earlier: bool


class PublicationPage:
    """Everything that the page of one publication shows to one person on one day."""

    def __init__(self, publication: Publication, user: User, today: date, now: datetime) -> None:
        self.publication, self.user, self.today, self.now = publication, user, today, now
        self.calendar = stored.current()

    @cached_property
    def verbs(self) -> dict[str, bool]:
        return dict.fromkeys(permissions.verbs_for(self.user, self.publication, on=self.today), True)

    @cached_property
    def may_prepare(self) -> bool:
        return may(self.user, Permission.PREPARE_PUBLICATION, on=self.today)

    @property
    def may_change(self) -> bool:
        return self.may_prepare and self.publication.is_planned

    @cached_property
    def may_agree(self) -> bool:
        return self.publication.is_planned and permissions.can_agree(self.user, self.publication, on=self.today)

    @cached_property
    def steps(self) -> list[StepLine]:
        publication = self.publication
        found = plan.lines(publication.steps.all(), publication.planned_on, self.calendar, today=self.today)
        if not publication.is_planned:  # what is over keeps the days that it had
            found = [plan.Line(line.step, line.was, line.was) for line in found]
        may_record = self.may_prepare and publication.status in (Status.PLANNED, Status.PUBLISHED)
        return [StepLine(line, self.today, may_record) for line in found]

    @cached_property
    def closed(self) -> str:
        """Why the planned day is no working day."""
        return plan.why_no_day(self.publication.planned_on, self.calendar) if self.publication.is_planned else ""

    @cached_property
    def reasons(self) -> list[str]:
        if not self.publication.is_planned:
            return []
        return gate.reasons(self.publication, on=max(self.today, self.publication.planned_on), calendar=self.calendar)

    @cached_property
    def strategy(self) -> MediaStrategy | None:
        return strategy_of(self.publication)

    @cached_property
    def agreements(self) -> list[tuple[Any, list[AgreementLine]]]:
        rows = list(self.publication.agreements.all())
        return [(subject, self._lines(rows, subject)) for subject in Subject]

    def _lines(self, rows: list[PartnerAgreement], subject: Subject) -> list[AgreementLine]:
        fingerprint = fingerprint_of(self.publication, subject)
        found = []
        for partner in PARTNERS:
            mine = [row for row in rows if (row.subject, row.partner) == (subject, partner)]
            present = next((row for row in mine if fingerprint and row.fingerprint == fingerprint), None)
            found.append(AgreementLine(str(partner.label), present, bool(mine) and present is None))
        return found

    @cached_property
    def public_page_is_on(self) -> bool:
        return PublicPage.current().is_on

    @cached_property
    def withholding(self) -> Withholding | None:
        found: Withholding | None = self.publication.withholdings.filter(ended_on__isnull=True).first()
        return found

    @cached_property
    def available(self) -> Standing | None:
        clock = self.publication.available_clock
        return standing(clock, self.today, self.calendar) if clock else None

    @property
    def events(self) -> Any:
        rows = Event.objects.filter(object_label="publications.Publication", object_id=str(self.publication.pk))
        return rows.exclude(verb=READ).order_by("-at", "-pk")[:MOST_EVENTS]


TONES = {Status.PLANNED: "blue", Status.PUBLISHED: "green", Status.WITHHELD: "yellow", Status.TAKEN_DOWN: "grey"}


@dataclass(frozen=True)
class Row:
    """One publication of the list."""

    publication: Publication
    next_step: PlanStep | None
    is_broken: bool

    @property
    def tone(self) -> str:
        return TONES[Status(self.publication.status)]


def rows_of(publications: Any) -> list[Row]:
    """Three queries, however many publications."""
    found = publications.select_related("practice_review", "available_clock").prefetch_related("steps", "addresses")
    return [
        Row(
            one,
            next((s for s in one.steps.all() if s.is_open and s.kind != StepKind.AVAILABLE), None)
            if one.is_planned
            else None,
            any(address.failures for address in one.addresses.all()),
        )
        for one in found
    ]
