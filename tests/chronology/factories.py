"""Chronologies by the real workflow. All people invented."""

import io
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from chronology import imports, workflow
from chronology.choices import Seen
from chronology.facts import RowFacts
from chronology.models import Preview, Row
from panel.models import Agency, User
from panel.roles import Role
from referrals.models import Referral
from referrals.states import Status
from tests.referrals.factories import SECRET, person_with, referral_at

HEADINGS = [column.heading for column in imports.COLUMNS]
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_fixed_timezone(0))


def make_case(children: int = 1, **facts: Any) -> Referral:
    """A recorded case with so many children: Child A is Rowan Invented."""
    names = ["Rowan Invented", "Sorrel Invented", "Tansy Invented"]
    born = [date(2018, 5, 4), date(2020, 2, 1), date(2023, 7, 9)]
    people = [
        {"name": names[n], "other_names": "", "date_of_birth": born[n], "is_index": n == 0} for n in range(children)
    ]
    facts.setdefault("children", people)
    return referral_at(Status.RECORDED, **facts)


def row_facts(day: date = date(2025, 3, 3), event: str = f"Home visit by the {SECRET} team.", **more: Any) -> RowFacts:
    more.setdefault("child_seen", Seen.YES)
    return RowFacts(happened_on=day, event=event, **more)


def add(referral: Referral, agency: Agency | None, day: date, event: str = "Home visit.", **more: Any) -> Row:
    """One row, typed by the business manager."""
    by = more.pop("by", None) or person_with(Role.BUSINESS_MANAGER, timezone.now())
    children = more.pop("children", ())
    facts = row_facts(day, event, concerns_all=not children, children=tuple(children), **more)
    return workflow.add_row(referral=referral, agency=agency, facts=facts, by=by, now=timezone.now())


def xlsx(rows: list[list[Any]], headings: list[Any] | None = None, **more: Any) -> io.BytesIO:
    """A spreadsheet as an agency would send it."""
    book = Workbook()
    if more.get("epoch"):
        book.epoch = more["epoch"]
    sheet = book.worksheets[0]
    sheet.append(headings or HEADINGS)
    for row in rows:
        sheet.append(row)
    for area in more.get("merge", ()):
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def line(when: Any = "03/05/2020", event: Any = "Seen at school.", **more: Any) -> list[Any]:
    """One line of the template, by column name."""
    values = {"happened_on": when, "event": event} | more
    return [values.get(column.name) for column in imports.COLUMNS]


def preview_of(
    file: io.BytesIO, referral: Referral, agency: Agency | None, *, by: User, now: datetime | None = None, **more: Any
) -> Preview:
    now = now or timezone.now()
    reading = imports.read(file, referral=referral, agency=agency, today=timezone.localdate(now))
    return workflow.keep_preview(
        reading=reading, referral=referral, agency=agency, file_name="rows.xlsx", by=by, now=now, **more
    )


def at(hour: int, minute: int = 0) -> time:
    return time(hour, minute)
