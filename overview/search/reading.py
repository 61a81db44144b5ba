"""The text of a stored file: PDF, Word, Excel and plain text, each with limits. Scanned pages have none."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from docx import Document as WordFile
from openpyxl import load_workbook
from pypdf import PdfReader

logger = logging.getLogger(__name__)

MOST_BYTES = 30 * 1024 * 1024
MOST_CHARACTERS = 300_000  # a PostgreSQL text-search vector holds at most one megabyte
MOST_PAGES = 500
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Reading:
    """What was read; `problem` says in words why there is nothing."""

    text: str = ""
    is_cut: bool = False
    problem: str = ""


def _pdf(data: bytes) -> Iterator[str]:
    return (page.extract_text() for page in islice(PdfReader(io.BytesIO(data)).pages, MOST_PAGES))


def _word(data: bytes) -> Iterator[str]:
    file = WordFile(io.BytesIO(data))
    yield from (paragraph.text for paragraph in file.paragraphs)
    for table in file.tables:
        yield from (" ".join(cell.text for cell in row.cells) for row in islice(table.rows, MOST_ROWS))


def _excel(data: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
                yield " ".join(str(value) for value in row if value is not None)
    finally:
        book.close()


def _text(data: bytes) -> Iterator[str]:
    yield data[: 4 * MOST_CHARACTERS].decode("utf-8-sig", errors="replace")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": _pdf, "docx": _word, "xlsx": _excel, "txt": _text, "csv": _text,
}  # fmt: skip


def read(data: bytes, extension: str) -> Reading:
    """The text of a file of that extension. Never raises for what is in the file: a broken one is a `problem`."""
    reader = READERS.get(extension.lower())
    if reader is None:
        return Reading(problem="Files of this type are not searched.")
    if len(data) > MOST_BYTES:
        return Reading(problem="The file is too large to be searched.")
    try:
        text, is_cut = _gathered(reader(data))
    except (
        Exception
    ) as problem:  # whatever a broken file makes a library raise; without its words, which may hold names
        logger.warning("A file of type %s could not be read for the search: %s", extension, type(problem).__name__)
        return Reading(problem="The file could not be read.")
    if not text.strip():
        return Reading(problem="No text was found in the file; it may be a scan.")
    return Reading(text, is_cut)


def _gathered(pieces: Iterator[str]) -> tuple[str, bool]:
    parts, length = [], 0
    for piece in pieces:
        parts.append(piece)
        length += len(piece) + 1
        if length > MOST_CHARACTERS:
            break
    text = "\n".join(parts).replace("\x00", "")
    return text[:MOST_CHARACTERS], len(text) > MOST_CHARACTERS
