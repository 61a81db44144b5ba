"""Recomputing the chain, and comparing every tracked record with its newest history row.

What this cannot see: a row that was forged and sealed within one sealing interval, and a chain that somebody with the
database in hand recomputed to its end. Against the second keep the digest that `audit_verify` prints somewhere else and
give it back as `--anchor`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from pghistory.models import Event as HistoryEvent

from audit import chain
from audit.models import Link, Seal, Shape
from audit.naming import reference_of
from audit.records import first_mismatch
from audit.sealing import LOCK, digest_of
from audit.tables import (
    Row,
    Sealed,
    count_unsealed,
    existing_columns,
    history_models,
    pinned,
    rows,
    sealed_tables,
    tracked_model,
)

BATCH = 2000


class BrokenError(Exception):
    """The audit trail is not whole. Its text is a sentence that names the first fault."""


@dataclass
class Whole:
    """What was found in order: numbers of links, of rows that no seal covers yet, of records equal to their history."""

    links: int
    digest: str
    unsealed: int
    records: int


def verify(anchor: tuple[int, str] | None = None) -> Whole:
    """Check everything; raises BrokenError at the first fault.

    `anchor` is (position, digest) of an earlier run, kept outside the database. While this runs, no seal is made.
    """
    with pinned(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
        links, digest = _check_links(anchor)
        unsealed = sum(count_unsealed(sealed) for sealed in sealed_tables().values())
        records = sum(_check_records(model) for model in history_models())
    return Whole(links, digest, unsealed, records)


def _check_links(anchor: tuple[int, str] | None) -> tuple[int, str]:
    tables, shapes = sealed_tables(), Shape.objects.in_bulk()
    _check_columns(shapes.values(), tables)
    seals = {seal.last_position: seal.digest for seal in Seal.objects.all()}
    position, digest = 0, chain.ORIGIN
    for batch in _batches():
        found = _read_rows(batch, tables, shapes)
        for link in batch:
            _check_link(link, position, digest, found)
            position, digest = link.position, link.digest
            if seals.pop(position, digest) != digest:
                raise BrokenError(f"Link {position} is not the one that its seal names: the chain was rewritten.")
            if anchor and anchor[0] == position and anchor[1] != digest:
                raise BrokenError(f"Link {position} is not the one of the anchor: the chain was rewritten.")
    _check_end(position, digest, sorted(seals), anchor)
    return position, digest


def _check_end(position: int, digest: str, missing: list[int], anchor: tuple[int, str] | None) -> None:
    if missing:
        raise BrokenError(f"Links were removed from the end: the chain ends at {position}, a seal says {missing[0]}.")
    last_seal = Seal.objects.order_by("-pk").first()
    if position and (last_seal is None or last_seal.last_position != position):
        raise BrokenError(f"The chain ends at link {position}, but no seal does: a seal was removed or a link forged.")
    if anchor and anchor[0] > position:
        raise BrokenError(
            f"Links were removed from the end: the chain ends at {position}, the anchor says {anchor[0]}."
        )


def _batches() -> Iterator[list[Link]]:
    batch: list[Link] = []
    for link in Link.objects.order_by("position").iterator(chunk_size=BATCH):
        batch.append(link)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _check_columns(shapes: Iterable[Shape], tables: dict[str, Sealed]) -> None:
    for shape in shapes:
        if shape.table not in tables:
            raise BrokenError(f"Rows of {shape.table} were sealed, but it is no table under seal any more.")
        gone = set(shape.columns) - existing_columns(shape.table)
        if gone:
            raise BrokenError(f"{shape.table} was sealed with columns that are gone: {', '.join(sorted(gone))}.")


def _read_rows(batch: list[Link], tables: dict[str, Sealed], shapes: dict[int, Shape]) -> dict[tuple[str, int], Row]:
    wanted: dict[tuple[str, int], list[int]] = {}
    for link in batch:
        wanted.setdefault((link.table, link.shape_id), []).append(link.row_id)
    found: dict[tuple[str, int], Row] = {}
    for (table, shape_id), keys in wanted.items():
        for key, row in rows(tables[table], shapes[shape_id].columns, keys).items():
            found[table, key] = row
    return found


def _check_link(link: Link, position: int, digest: str, found: dict[tuple[str, int], Row]) -> None:
    if link.position != position + 1:
        raise BrokenError(f"Link {position + 1} is gone: after link {position} comes link {link.position}.")
    if link.previous != digest:
        raise BrokenError(f"Link {link.position} does not follow from link {position}: one of the two was rewritten.")
    if digest_of(link) != link.digest:
        raise BrokenError(f"Link {link.position} was rewritten: its digest is not that of its content. {_what(link)}")
    row = found.get((link.table, link.row_id))
    if row is None:
        raise BrokenError(f"Link {link.position}: the row is gone. {_what(link)}")
    if chain.row_digest(row) != link.row_digest:
        raise BrokenError(f"Link {link.position}: the row is not what was sealed. {_what(link)}{_difference(link)}")


def _what(link: Link) -> str:
    """Which row, of which record, of which case."""
    model = sealed_tables()[link.table].model
    words = f"Table {link.table}, row {link.row_id}"
    reference = link.reference
    if issubclass(model, HistoryEvent):
        tracked = tracked_model(model)
        words += f", which tells of {tracked._meta.label} {link.object_id}"
        reference = reference or reference_of(tracked, link.object_id)
    return f"{words}, case {reference or 'unknown'}."


def _difference(link: Link) -> str:
    """Where the changed row is a record's newest history, the columns in which record and history now differ."""
    model = sealed_tables()[link.table].model
    if not issubclass(model, HistoryEvent):
        return ""
    mismatch = first_mismatch(model, link.object_id)
    if mismatch is None or not mismatch.columns:
        return ""
    return f" It differs from the record itself in: {', '.join(mismatch.columns)}."


def _check_records(model: type[HistoryEvent]) -> int:
    tracked = tracked_model(model)
    mismatch = first_mismatch(model)
    if mismatch:
        case = reference_of(tracked, mismatch.key) or "unknown"
        raise BrokenError(f"Table {tracked._meta.db_table}, row {mismatch.key}, case {case}: {mismatch.fault}.")
    count: int = tracked._base_manager.count()
    return count
