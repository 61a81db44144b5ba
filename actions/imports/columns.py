"""The columns of an action log, those of our export, and the names under which others keep them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chronology.imports.columns import plain


@dataclass(frozen=True)
class Column:
    """`also` are other headings for the same, in the form of `plain`. `reads`: not what our export alone tells."""

    name: str
    heading: str
    also: tuple[str, ...] = ()
    required: bool = False
    width: int = 18
    reads: bool = True


COLUMNS = (
    Column(
        "reference",
        "Reference",
        (
            "ref",
            "action ref",
            "action reference",
            "action no",
            "action number",
            "no",
            "number",
            "id",
            "ref no",
            "reference number",
            "action id",
        ),
        width=16,
    ),
    Column("earlier_reference", "Earlier reference", ("old reference", "previous reference"), width=14),
    Column(
        "source",
        "Source",
        (
            "source of action",
            "where from",
            "arising from",
            "origin",
            "review",
            "review name",
            "source review",
            "source of recommendation",
        ),
        width=26,
    ),
    Column("case", "Case", ("case reference", "case ref", "child", "case name"), width=16),
    Column(
        "meeting_on",
        "Meeting date",
        ("date of meeting", "date raised", "raised on", "date agreed", "date of panel"),
        width=14,
    ),
    Column(
        "recommendation",
        "Recommendation",
        ("rec", "recommendations", "learning point", "finding", "learning"),
        width=36,
    ),
    Column(
        "owner",
        "Agency",
        (
            "owner",
            "lead agency",
            "agency responsible",
            "responsible agency",
            "owning agency",
            "action owner",
            "agencies",
            "organisation",
            "responsible organisation",
        ),
        True,
        22,
    ),
    Column("others", "Other agencies", ("supporting agencies", "partner agencies", "other agency"), width=22),
    Column(
        "lead",
        "Lead",
        (
            "lead officer",
            "lead person",
            "named lead",
            "responsible person",
            "by whom",
            "who",
            "responsible officer",
            "lead professional",
        ),
        width=20,
    ),
    Column(
        "lead_address",
        "Lead’s e-mail",
        ("lead email", "email", "e mail", "lead s email", "lead e mail", "contact email"),
        width=26,
    ),
    Column(
        "text",
        "Action",
        (
            "actions",
            "smart action",
            "action required",
            "action to be taken",
            "agreed action",
            "description",
            "task",
            "action description",
            "what",
            "smart actions",
        ),
        True,
        50,
    ),
    Column(
        "success_measure",
        "Success measure",
        (
            "measure of success",
            "success criteria",
            "outcome measure",
            "how will we know",
            "intended outcome",
            "desired outcome",
            "outcome",
        ),
        width=36,
    ),
    Column(
        "due_on",
        "Due",
        (
            "due date",
            "date due",
            "deadline",
            "timescale",
            "target date",
            "by when",
            "completion due",
            "target completion date",
            "due by",
            "timescales",
            "original due date",
        ),
        width=14,
    ),
    Column("first_due_on", "First due", ("first due date",), width=14),
    Column("status", "Status", ("action status", "state", "progress status", "open closed"), width=18),
    Column(
        "rag", "RAG", ("rag status", "rag rating", "brag", "brag status", "brag rating", "colour", "rating"), width=10
    ),
    Column("rag_reason", "RAG set by hand because", ("rag reason", "reason for rag"), width=26),
    Column("at_risk", "At risk because", ("risk", "risks", "barriers"), width=26),
    Column(
        "progress",
        "Progress",
        (
            "update",
            "updates",
            "progress update",
            "progress notes",
            "progress to date",
            "comments",
            "notes",
            "latest update",
            "update comments",
        ),
        width=50,
    ),
    Column(
        "evidence",
        "Evidence",
        ("evidence of completion", "evidence of impact", "evidence source", "link to evidence"),
        width=40,
    ),
    Column("impact", "Impact on children", ("impact", "difference made", "so what", "impact for children"), width=36),
    Column("impact_check_on", "Impact check", ("impact check date", "impact review date", "review date"), width=14),
    Column(
        "ended_on",
        "Ended on",
        (
            "date completed",
            "completion date",
            "completed on",
            "date closed",
            "closed on",
            "actual completion date",
            "completed",
            "date complete",
        ),
        width=14,
    ),
    Column("revised", "Dates changed", ("revisions",), width=30, reads=False),
    Column("escalated", "Escalated", ("escalation",), width=30, reads=False),
    Column("seen", "Evidence seen", (), width=24, reads=False),
)
BY_NAME = {column.name: column for column in COLUMNS}
READ = tuple(column for column in COLUMNS if column.reads)
_KNOWN = {plain(name): column for column in COLUMNS for name in (column.heading, *column.also)}


def column_for(heading: object) -> Column | None:
    return _KNOWN.get(plain(heading))


def recognised(headings: Iterable[object]) -> int:
    """How many different columns of ours a line names."""
    return len({column.name for heading in headings if (column := column_for(heading)) is not None})


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Column name → position, by the headings: our own name for a column goes before other names for it."""
    found: dict[str, int] = {}
    exact = {plain(column.heading): column for column in READ}
    for known in (exact, _KNOWN):
        for position, heading in enumerate(headings):
            column = known.get(plain(heading))
            if column and column.reads and column.name not in found and position not in found.values():
                found[column.name] = position
    return found


def fingerprint(headings: Sequence[str]) -> str:
    """By this a file with the same headings is known again."""
    return hashlib.sha256("\n".join(plain(heading) for heading in headings).encode()).hexdigest()
