"""What the highlight report says of publication and media: facts as rows, by neutral reference, no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from publications.choices import Subject
from publications.models import Publication
from publications.standing import missing_partners, strategy_of
from publications.states import Status


@dataclass(frozen=True)
class PublicationFact:
    """One publication. `day` is the planned day, or that of what became of it."""

    reference: str
    case_reference: str
    status: str
    day: date
    strategy: str
    next_step: str = ""
    next_on: date | None = None
    available_until: date | None = None


def _of_cases(cases: Iterable[Any] | Any) -> Any:
    """Publications of these cases (a queryset or primary keys), and of reviews that belong to no case."""
    of_cases = Q(practice_review__referral__in=cases) | Q(practice_review__referral__isnull=True)
    return Publication.objects.filter(of_cases).select_related("practice_review__referral", "available_clock", "report")


def planned_on(day: date, cases: Any) -> list[PublicationFact]:
    """Publications that are planned, earliest first, each with its next open step."""
    rows = _of_cases(cases).filter(status=Status.PLANNED, planned_at__date__lte=day).order_by("planned_on", "pk")
    return [_planned(row) for row in rows.prefetch_related("steps")]


def _planned(publication: Publication) -> PublicationFact:
    step = next((one for one in publication.steps.all() if one.is_open), None)
    return PublicationFact(
        publication.reference, publication.case_reference, publication.get_status_display(), publication.planned_on,
        _strategy(publication), step.get_kind_display() if step else "", step.due_on if step else None,
    )  # fmt: skip


def _strategy(publication: Publication) -> str:
    strategy = strategy_of(publication)
    if strategy is None:
        return "No media strategy yet"
    missing = missing_partners(publication, Subject.STRATEGY)
    return (
        "Media strategy agreed by all three partners" if not missing else f"Media strategy waits for: {_join(missing)}"
    )


def published_between(since: date, until: date, cases: Any) -> list[PublicationFact]:
    """What was published from `since` to `until`, both included, or withheld in that time."""
    out = Q(published_on__range=(since, until))
    withheld = Q(status=Status.WITHHELD, withholdings__decided_on__range=(since, until), withholdings__ended_on=None)
    rows = _of_cases(cases).filter(out | withheld).distinct().order_by("pk")
    return [_ended(row) for row in rows.prefetch_related("withholdings")]


def _ended(publication: Publication) -> PublicationFact:
    decided = next((one.decided_on for one in publication.withholdings.all() if one.ended_on is None), None)
    clock = publication.available_clock if publication.status == Status.PUBLISHED else None
    return PublicationFact(
        publication.reference, publication.case_reference, publication.get_status_display(),
        publication.published_on or decided or publication.planned_on, _strategy(publication),
        available_until=clock.due_on if clock else None,
    )  # fmt: skip


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
