"""One page of the merged chronology, the same number of queries whatever there is.

Pages begin after a row, not at a number: nothing is counted, and the database reads from the index only what is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Q, When, Window
from django.db.models.functions import RowNumber

from chronology.choices import FindingKind
from chronology.models import Finding, Row, RowQuerySet
from chronology.models.rows import THE_PANEL
from chronology.names import People
from chronology.permissions import can_change
from referrals.choices import Precision
from referrals.models import Child

PER_PAGE = 50
TEXTS = ("source", "event", "who", "response", "comment", "key_title")
MOST_FLAGS = 5  # of one row; the rest stands on the page of findings


@dataclass(frozen=True)
class Cursor:
    """A place between two rows."""

    order: int
    pk: int

    def __str__(self) -> str:
        return f"{self.order}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        order, _, pk = (text or "").partition("-")
        if order.isascii() and pk.isascii() and order.isdigit() and pk.isdigit() and len(order) <= 12 and len(pk) <= 18:
            return cls(int(order), int(pk))
        return None

    @classmethod
    def of(cls, row: Row) -> "Cursor":
        return cls(row.order, row.pk)


def after(rows: RowQuerySet, place: Cursor) -> RowQuerySet:
    beyond = Q(order__gt=place.order) | Q(order=place.order, pk__gt=place.pk)
    return rows.filter(beyond, order__gte=place.order).order_by("order", "pk")


def before(rows: RowQuerySet, place: Cursor) -> RowQuerySet:
    beyond = Q(order__lt=place.order) | Q(order=place.order, pk__lt=place.pk)
    return rows.filter(beyond, order__lte=place.order).order_by("-order", "-pk")


@dataclass(frozen=True)
class Line:
    """A row as it is shown."""

    row: Row
    text: dict[str, str]
    when: str
    children: list[str]
    ages: list[str]
    interval: str
    flags: list[Finding] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    @property
    def agency(self) -> str:
        return self.row.agency.short_name if self.row.agency else THE_PANEL

    @property
    def can_change(self) -> bool:
        return can_change(self.row)


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    previous: Cursor | None
    next: Cursor | None


def page_of(
    rows: RowQuerySet, people: People, *, start: Cursor | None, end: Cursor | None, agency: int | None = None
) -> Page:
    """The rows after `start`, or those before `end`; from the first row on where neither is given."""
    wanted = rows.select_related("agency").prefetch_related("concerned")
    if end is not None:
        found = list(before(wanted, end)[: PER_PAGE + 1])
        has_before, has_after = len(found) > PER_PAGE, True
        found = found[:PER_PAGE][::-1]
    else:
        found = list((after(wanted, start) if start else wanted.order_by("order", "pk"))[: PER_PAGE + 1])
        has_after, found = len(found) > PER_PAGE, found[:PER_PAGE]
        has_before = start is not None
    earlier = before(rows, Cursor.of(found[0])).only("happened_on", "precision")[:1] if found else ()
    last = next(iter(earlier), None)
    return Page(
        lines_of(found, people, last=last, agency=agency),
        Cursor.of(found[0]) if found and has_before and last else None,
        Cursor.of(found[-1]) if found and has_after else None,
    )


def lines_of(
    rows: Sequence[Row], people: People, *, last: Row | None, agency: int | None = None, flagged: bool = True
) -> list[Line]:
    """The rows as lines; `last` is the row before them, for the first interval."""
    findings = _findings([row.pk for row in rows], agency) if flagged else {}
    lines = []
    for row in rows:
        mine = findings.get(row.pk, [])
        gaps = [one for one in mine if one.kind == FindingKind.GAP]
        lines.append(
            Line(
                row=row,
                text={name: people.text(getattr(row, name)) for name in TEXTS},
                when=when(row),
                children=[people.child(child) for child in concerned(row, people)],
                ages=ages(row, people),
                interval=interval(last, row),
                flags=_flags(mine, people),
                gaps=[people.computed(one.why) for one in gaps],
            )
        )
        last = row
    return lines


def _flags(findings: Iterable[Finding], people: People) -> list[Finding]:
    flags = [one for one in findings if one.kind != FindingKind.GAP][:MOST_FLAGS]
    for one in flags:
        one.why = people.computed(one.why)
    return flags


def _findings(pks: list[int], agency: int | None) -> dict[int, list[Finding]]:
    """Row → its first few findings, gaps only those of `agency` (none: of all agencies together). Two queries."""
    found: dict[int, list[Finding]] = {}
    live = Finding.objects.filter(dismissal__isnull=True)
    wanted = live.exclude(kind=FindingKind.GAP).select_related("row", "other").only(*_OF_A_FINDING)
    gaps = live.filter(kind=FindingKind.GAP, agency=agency).select_related("row", "other").only(*_OF_A_FINDING)
    as_first = (wanted | gaps).filter(row__in=pks).annotate(n=_number("row")).filter(n__lte=MOST_FLAGS)
    as_other = wanted.filter(other__in=pks).annotate(n=_number("other")).filter(n__lte=MOST_FLAGS)
    for one in as_first:
        found.setdefault(one.row_id, []).append(one)
    for one in as_other:
        if one.other_id is not None:
            found.setdefault(one.other_id, []).append(one)
    return found


_OF_A_FINDING = (
    "kind", "agency_id", "why", "identity", "row__order", "row__happened_on", "row__precision", "other__order",
    "other__happened_on", "other__precision",
)  # fmt: skip


def _number(side: str) -> Window:
    """The findings of each row counted, so that a row with hundreds costs no more than one with a few; gaps first."""
    return Window(RowNumber(), partition_by=side, order_by=[Case(When(kind=FindingKind.GAP, then=0), default=1), "pk"])


def when(row: Any) -> str:
    """ "3 May 2020", "about 3 May 2020", "May 2020", "2020"."""
    day: date = row.happened_on
    if row.precision == Precision.YEAR:
        return str(day.year)
    if row.precision == Precision.MONTH:
        return f"{day:%B %Y}"
    words = f"{day.day} {day:%B %Y}"
    return f"about {words}" if row.precision == Precision.ABOUT else words


def concerned(row: Row, people: People) -> list[Child]:
    if row.concerns_all:
        return people.children
    mine = {one.child_id for one in row.concerned.all()}
    return [child for child in people.children if child.pk in mine]


def ages(row: Row, people: People) -> list[str]:
    """Each child whom the row concerns, with the age then: "Child A, 7 years"."""
    found = []
    for child in concerned(row, people):
        age = child.age_on(row.happened_on)
        about = "about " if row.precision == Precision.YEAR and age else ""
        found.append(f"{people.child(child)}, {about}{age}" if age else people.child(child))
    return found


def interval(last: Any, row: Row) -> str:
    """ "2 days later", "same day"; nothing where one of the dates is only a month or a year."""
    vague = {Precision.MONTH, Precision.YEAR}
    if last is None or last.precision in vague or row.precision in vague:
        return ""
    days = (row.happened_on - last.happened_on).days
    return "same day" if days == 0 else f"{days} day{'' if days == 1 else 's'} later"
