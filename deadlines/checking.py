"""Checking a table of worked dates against our own counting."""

import csv
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import WorkflowError
from deadlines.choices import KINDS
from deadlines.dates import iso_date
from deadlines.explain import Count, compute
from deadlines.working_days import WorkingCalendar

COLUMNS = ("rule", "kind", "length", "trigger", "due")


@dataclass(frozen=True)
class Checked:
    """One row of the table: what it says and what we count. `line` is its line in the file."""

    line: int
    rule: str
    kind: str
    length: int
    trigger: date
    expected: date
    counted: date

    @property
    def passed(self) -> bool:
        return self.expected == self.counted

    def __str__(self) -> str:
        return (
            f"line {self.line}: {self.rule} {self.kind} {self.length} from {self.trigger.isoformat()}: "
            f"the table says {self.expected.isoformat()}, counted {self.counted.isoformat()}"
        )


def check_table(path: Path, codes: Container[str], calendar: WorkingCalendar) -> list[Checked]:
    """Every row of the CSV file, counted by its own kind and length. Raises WorkflowError, naming the line, for a file
    or a row that cannot be read, an unknown rule or a date beyond the calendar."""
    checked = []
    for line, row in _rows(path):
        try:
            checked.append(_check(line, row, codes, calendar))
        except WorkflowError as error:
            raise WorkflowError(f"{path.name}, line {line}: {error}") from error
    return checked


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise WorkflowError(
                    f"{path.name} has no column {', '.join(missing)}: its first line must be {','.join(COLUMNS)}."
                )
            for values in reader:
                if not any(value.strip() for value in values):
                    continue
                if len(values) != len(header):
                    raise WorkflowError(
                        f"{path.name}, line {reader.line_num}: {len(values)} values for {len(header)} columns."
                    )
                yield reader.line_num, dict(zip(header, (value.strip() for value in values), strict=True))
    except OSError as error:
        raise WorkflowError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise WorkflowError(f"{path.name} is no CSV table in UTF-8: {error}.") from error


def _check(line: int, row: dict[str, str], codes: Container[str], calendar: WorkingCalendar) -> Checked:
    if row["rule"] not in codes:
        raise WorkflowError(f"there is no rule {row['rule']!r}.")
    if row["kind"] not in KINDS:
        raise WorkflowError(f"there is no kind {row['kind']!r}; there are {', '.join(KINDS)}.")
    if not (row["length"].isascii() and row["length"].isdigit()):
        raise WorkflowError(f"{row['length']!r} is no length: write a whole number.")
    direction, unit = KINDS[row["kind"]]
    count = Count(direction, unit, int(row["length"]), code=row["rule"])
    trigger, expected = iso_date(row["trigger"]), iso_date(row["due"])
    counted = compute(count, trigger, calendar).due
    return Checked(line, row["rule"], row["kind"], int(row["length"]), trigger, expected, counted)
