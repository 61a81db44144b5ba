"""Which tables are under seal, and how their rows are read: by column name, each value as PostgreSQL's own text.

Text, because it stays the same when Django, psycopg or a field class changes; the settings on which that text
depends are pinned by `pinned`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from pghistory.models import Event as HistoryEvent

from audit.models import Event

Row = dict[str, str | None]

_PINNED = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}


@dataclass(frozen=True)
class Sealed:
    """A table under seal: its model, its key and the columns that say whose row it is."""

    model: type[models.Model]
    table: str
    key: str
    object_column: str
    reference_column: str

    @property
    def columns(self) -> list[str]:
        return sorted(str(field.column) for field in self.model._meta.concrete_fields)


def history_models() -> list[type[HistoryEvent]]:
    """The history tables of all `@pghistory.track()`ed models, in a fixed order."""
    found = [m for m in apps.get_models() if issubclass(m, HistoryEvent) and m._meta.managed and not m._meta.proxy]
    return sorted(found, key=lambda model: model._meta.db_table)


def tracked_model(model: type[HistoryEvent]) -> type[models.Model]:
    """The model whose history this is."""
    tracked: type[models.Model] = model.pgh_tracked_model  # type: ignore[assignment] # pghistory sets it in track()
    return tracked


def sealed_tables() -> dict[str, Sealed]:
    """Table name → what there is to know: the audit events, then every history table."""
    found = [_sealed(Event, "object_id")] + [_sealed(model, "pgh_obj_id") for model in history_models()]
    return {entry.table: entry for entry in found}


def _sealed(model: type[models.Model], object_column: str) -> Sealed:
    columns = {str(field.column) for field in model._meta.concrete_fields}
    return Sealed(
        model=model,
        table=model._meta.db_table,
        key=str(model._meta.pk.column),
        object_column=object_column if object_column in columns else "",
        reference_column="reference" if "reference" in columns else "",
    )


@contextmanager
def pinned() -> Iterator[None]:
    """A transaction in which the text of a value does not depend on anybody's settings."""
    with transaction.atomic(), connection.cursor() as cursor:
        names = list(_PINNED)
        cursor.execute(
            "SELECT " + ", ".join("current_setting(%s)" for _ in names),
            names,
        )
        before = cursor.fetchone()
        _set(dict(_PINNED))
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _set(dict(zip(names, before, strict=True)))


def _set(values: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def unsealed(sealed: Sealed, *, after: int, limit: int) -> list[tuple[int, Row]]:
    """The next rows beyond the key `after` that have no link, by key: [(key, row), …].

    A transaction may commit its rows after later ones were sealed, so every run starts at the first key again.
    """
    columns = sealed.columns
    values = ", ".join(f"t.{_quoted(column)}::text" for column in columns)
    key = _quoted(sealed.key)
    sql = (
        f"SELECT t.{key}, {values} FROM {_quoted(sealed.table)} t "  # noqa: S608 - names from our own models
        f"WHERE t.{key} > %s AND NOT EXISTS "
        f'(SELECT 1 FROM audit_link l WHERE l."table" = %s AND l.row_id = t.{key}) '
        f"ORDER BY t.{key} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, sealed.table, limit])
        return [(found[0], dict(zip(columns, found[1:], strict=True))) for found in cursor.fetchall()]


def count_unsealed(sealed: Sealed) -> int:
    key = _quoted(sealed.key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {_quoted(sealed.table)} t "  # noqa: S608
            f'WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l."table" = %s AND l.row_id = t.{key})',
            [sealed.table],
        )
        count: int = cursor.fetchone()[0]
        return count


def rows(sealed: Sealed, columns: Sequence[str], keys: Sequence[int]) -> dict[int, Row]:
    """The rows with these keys: key → row. A row that is gone is left out."""
    values = ", ".join(f"{_quoted(column)}::text" for column in columns)
    key = _quoted(sealed.key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {values} FROM {_quoted(sealed.table)} WHERE {key} = ANY(%s)",  # noqa: S608
            [list(keys)],
        )
        return {found[0]: dict(zip(columns, found[1:], strict=True)) for found in cursor.fetchall()}


def existing_columns(table: str) -> set[str]:
    """The columns that `table` really has, whatever our models say; empty where there is no such table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = ANY(current_schemas(false)) AND table_name = %s",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}
