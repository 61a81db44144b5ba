"""What reading a file gives: rows that are good, and what is wrong with the others, said so that it can be mended."""

from dataclasses import asdict, dataclass, field
from typing import Any

WHOLE_FILE = 0


@dataclass(frozen=True)
class Fault:
    """`row` is the number at the left of the spreadsheet; 0 for the file as a whole."""

    row: int
    column: str
    wrong: str
    do: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class CellFaultError(ValueError):
    """A cell that cannot be read: what is wrong, what to do."""

    def __init__(self, wrong: str, do: str) -> None:
        super().__init__(wrong)
        self.wrong, self.do = wrong, do


class FileFaultError(CellFaultError):
    """A file of which nothing can be read."""


@dataclass(frozen=True)
class ReadRow:
    """One good row as it will be imported. `children` are keys of children of the case; empty: all of them."""

    number: int
    happened_on: str  # ISO
    happened_time: str  # "14:30" or ""
    precision: str
    source: str
    event: str
    who: str
    children: tuple[int, ...]
    child_seen: str
    response: str
    comment: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"children": list(self.children)}

    @property
    def identity(self) -> tuple[str, str, str]:
        """By this two rows of one agency are the same."""
        return self.happened_on, self.happened_time, " ".join(self.event.casefold().split())


@dataclass(frozen=True)
class Reading:
    rows: tuple[ReadRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = field(default=())

    @property
    def faulty_rows(self) -> int:
        return len({fault.row for fault in self.faults if fault.row != WHOLE_FILE})
