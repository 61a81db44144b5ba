"""Comparing every tracked record with its newest history row: what SQL with triggers disabled changed shows here."""

from dataclasses import dataclass

from django.db import connection
from pghistory.models import Event as HistoryEvent

from audit.tables import tracked_model


@dataclass(frozen=True)
class Mismatch:
    """A record that is not what its history says: its key, the fault in words, the columns that differ (names only)."""

    key: str
    fault: str
    columns: tuple[str, ...] = ()


def tracked_columns(model: type[HistoryEvent]) -> list[str]:
    """The columns that record and history share: fields excluded from tracking are not compared."""
    own = {str(field.column) for field in model._meta.concrete_fields}
    return sorted(str(f.column) for f in tracked_model(model)._meta.concrete_fields if str(f.column) in own)


def first_mismatch(model: type[HistoryEvent], key: str = "") -> Mismatch | None:
    """The first record of a history model's table, or the one with `key`, that differs from its newest history row."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(model), [key, key])
        found = cursor.fetchone()
    if found is None:
        return None
    key, record_gone, no_history, deleted, columns = found
    if no_history:
        return Mismatch(key, "the record has no history")
    if record_gone:
        return Mismatch(key, "the record is gone, but its history does not tell of a deletion")
    if deleted:
        return Mismatch(key, "the record is there, but its history tells of its deletion")
    return Mismatch(key, f"the record is not what its newest history row says: {', '.join(columns)}", tuple(columns))


def _sql(model: type[HistoryEvent]) -> str:
    quote = connection.ops.quote_name
    record = quote(tracked_model(model)._meta.db_table)
    key = f"r.{quote(str(tracked_model(model)._meta.pk.column))}"
    columns = tracked_columns(model)
    tests = [f"r.{quote(c)}::text IS DISTINCT FROM h.{quote(c)}::text" for c in columns]
    differing = ", ".join(f"CASE WHEN {test} THEN '{column}' END" for test, column in zip(tests, columns, strict=True))
    return f"""
        WITH newest AS (
            SELECT DISTINCT ON (pgh_obj_id) * FROM {quote(model._meta.db_table)} ORDER BY pgh_obj_id, pgh_id DESC
        )
        SELECT coalesce({key}::text, h.pgh_obj_id::text), {key} IS NULL, h.pgh_obj_id IS NULL, h.pgh_label = 'delete',
               array_remove(ARRAY[{differing}], NULL)
        FROM {record} r FULL JOIN newest h ON h.pgh_obj_id = {key}
        WHERE CASE
            WHEN h.pgh_obj_id IS NULL THEN TRUE
            WHEN {key} IS NULL THEN h.pgh_label <> 'delete'
            WHEN h.pgh_label = 'delete' THEN TRUE
            ELSE {" OR ".join(tests)}
        END
        AND (%s = '' OR coalesce({key}::text, h.pgh_obj_id::text) = %s)
        ORDER BY coalesce({key}, h.pgh_obj_id)
        LIMIT 1
    """  # noqa: S608 - names from our own models
