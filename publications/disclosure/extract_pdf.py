"""All that a PDF says: its pages by pypdf, everything round them by pikepdf.

Page text holds what is invisible too (drawn in no ink, or in white): that is found a second time by itself, so that the
page can say where it stands.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pypdf

from documents.content import archives
from documents.content.kinds import FileRefused
from documents.content.pdfs import BROKEN, PASSWORD
from publications.disclosure import extract_docx
from publications.disclosure.choices import Kind, Where
from publications.disclosure.passages import Leftover, Passage, Reading

SCANNED = (
    "This PDF holds pictures of pages and no text, so nothing in it can be checked. Export it from the program in "
    "which it was written, or have its text recognised, and choose the new file."
)
SHOW = {"Tj", "TJ", "'", '"'}
FILLS = {"rg": 3, "g": 1, "k": 4, "sc": 0, "scn": 0}
INVISIBLE = 3  # PDF 32000-1 table 106: neither fill nor stroke text
WHITE = 0.98
KEYS = {
    "/Alt": Where.ALT_TEXT, "/ActualText": Where.ALT_TEXT, "/E": Where.ALT_TEXT, "/Contents": Where.COMMENT,
    "/RC": Where.COMMENT, "/Subj": Where.COMMENT, "/URI": Where.LINK, "/UF": Where.ATTACHMENT, "/F": Where.ATTACHMENT,
    "/Desc": Where.ATTACHMENT, "/V": Where.FIELD, "/DV": Where.FIELD, "/TU": Where.FIELD, "/JS": Where.FIELD,
    "/T": Where.FIELD, "/Title": Where.OUTLINE, "/P": Where.FIELD,
}  # fmt: skip
NOT_TEXT = {"/ID", "/Registry", "/Ordering", "/FontFamily", "/CreationDate", "/ModDate", "/M", "/DA", "/DS", "/Lang",
    "/Panose", "/CharSet", "/Producer", "/OutputConditionIdentifier", "/RegistryName", "/Info", "/O", "/U", "/OE",
    "/UE", "/Perms", "/Creator", "/FontName", "/S", "/Lookup"}  # fmt: skip
READABLE = re.compile(r"[\w\s.,;:!?'\"“”‘’()&%/@£+*=\[\]–—•-]")
LEAST_READABLE = 0.7
DEEPEST = 30


ERRORS = (pikepdf.PdfError, pypdf.errors.PyPdfError, ValueError, RuntimeError, TypeError, KeyError, IndexError,
    AttributeError, RecursionError, OSError)  # fmt: skip


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Raises FileRefused, with a sentence, for a file that is encrypted or broken."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise FileRefused(PASSWORD)
            yield pdf
    except pikepdf.PasswordError as error:
        raise FileRefused(PASSWORD) from error
    except ERRORS as error:
        raise FileRefused(BROKEN) from error


def read(data: bytes) -> Reading:
    """Raises FileRefused, with a sentence, for a file that is encrypted, broken, or has pictures of pages only."""
    reading = Reading()
    with _opened(data) as pdf:
        reading.pages = len(pdf.pages)
        _pages(pdf, data, reading)
        seen = _annotations(pdf, reading)
        _rest(pdf, reading, seen)
        _attached(pdf, reading)
    return reading


def properties(data: bytes) -> Reading:
    """What the file tells of itself, without its pages: quick enough to wait for."""
    reading = Reading()
    with _opened(data) as pdf:
        _described(pdf, reading)
    return reading


def _pages(pdf: pikepdf.Pdf, data: bytes, reading: Reading) -> None:
    """The text of the pages. Raises FileRefused where there is none at all."""
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    if not any(text.strip() for text in texts):
        raise FileRefused(SCANNED)
    hidden: dict[int, list[Any]] = {}
    pictures = 0
    for number, (page, text) in enumerate(zip(pdf.pages, texts, strict=True), 1):
        reading.add(text, Where.BODY, page=number)
        count = len(page.get_images()) if hasattr(page, "get_images") else len(page.images)
        pictures += count
        _unread(text, count, number, reading)
        instructions, spoken = _hidden(page)
        if instructions:
            hidden[number] = instructions
        for words in spoken:
            reading.add(words, Where.ALT_TEXT, page=number)
    if pictures:
        reading.notes.append(extract_docx.pictures_note(pictures))
    _read_hidden(data, hidden, reading)


def _unread(text: str, pictures: int, number: int, reading: Reading) -> None:
    if not text.strip():
        if pictures:
            what = "This page holds a picture and no text: it could not be read."
            reading.leftovers.append(Leftover(Kind.UNREAD, what, Where.BODY, number))
    elif len(READABLE.findall(text)) / len(text) < LEAST_READABLE:
        what = "The letters of this page cannot be told from the file: it could not be read."
        reading.leftovers.append(Leftover(Kind.UNREAD, what, Where.BODY, number))


def _hidden(page: pikepdf.Page) -> tuple[list[Any], list[str]]:
    """The page's instructions with only such text as nobody sees, or none; and what is said instead of its content."""
    mode, white, found, spoken = 0, False, False, []
    stack: list[tuple[int, bool]] = []
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            stack.append((mode, white))
        elif operator == "Q" and stack:
            mode, white = stack.pop()
        elif operator == "Tr":
            mode = int(operands[0])
        elif operator in FILLS:
            white = _is_white(operator, operands)
        elif operator == "BDC":
            spoken += _spoken(operands)
        if operator in SHOW:
            if mode != INVISIBLE and not white:
                continue
            found = True
        kept.append(instruction)
    return (kept if found else []), spoken


def _is_white(operator: str, operands: Any) -> bool:
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False  # a pattern
    if operator == "k" or len(values) == FILLS["k"]:
        return max(values) <= 1 - WHITE
    return bool(values) and min(values) >= WHITE


def _spoken(operands: Any) -> Iterator[str]:
    for operand in operands:
        if isinstance(operand, pikepdf.Dictionary):
            yield from (str(operand[key]) for key in ("/ActualText", "/Alt", "/E") if key in operand)


def _read_hidden(data: bytes, hidden: dict[int, list[Any]], reading: Reading) -> None:
    if not hidden:
        return
    with pikepdf.open(io.BytesIO(data)) as copy:
        for number, instructions in hidden.items():
            copy.pages[number - 1].Contents = copy.make_stream(pikepdf.unparse_content_stream(instructions))
        out = io.BytesIO()
        copy.save(out)
    pages = pypdf.PdfReader(out).pages
    for number in hidden:
        text = pages[number - 1].extract_text()
        if text.strip():
            reading.add(text, Where.HIDDEN, page=number)
            what = "Text that nobody sees (white, or drawn without ink) is still in the file."
            reading.leftovers.append(Leftover(Kind.CHANGES, what, Where.HIDDEN, number))


def _annotations(pdf: pikepdf.Pdf, reading: Reading) -> set[tuple[int, int]]:
    """Comments, links and form fields, with the page on which they are; returns which objects these were."""
    seen = set()
    for number, page in enumerate(pdf.pages, 1):
        for note in page.get("/Annots", []):
            if isinstance(note, pikepdf.Dictionary):
                seen.add(note.objgen)
                _annotation(note, number, reading)
    return seen


def _annotation(note: pikepdf.Dictionary, page: int, reading: Reading) -> None:
    for key, text in _strings(note):
        reading.add(text, KEYS.get(key, Where.COMMENT), page=page)
    if str(note.get("/Subtype", "")) in ("/Link", "/Widget", "/Popup"):
        return
    if "/T" in note:
        reading.people.append(str(note["/T"]))
    what = "A comment or drawing is still in the file."
    reading.leftovers.append(Leftover(Kind.CHANGES, what, Where.COMMENT, page))


def _described(pdf: pikepdf.Pdf, reading: Reading) -> None:
    """The properties: the old dictionary, and the XMP metadata wherever they hang."""
    info = pdf.trailer.get("/Info")
    told = info.items() if isinstance(info, pikepdf.Dictionary) else ()
    for key, value in told:
        if isinstance(value, pikepdf.String) and key not in NOT_TEXT:
            reading.add(str(value), Where.PROPERTIES, label=key.strip("/"))
            reading.people += [str(value)] if key in ("/Author", "/Manager") else []
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/Metadata":
            _xmp(thing.read_bytes(), reading)


def _rest(pdf: pikepdf.Pdf, reading: Reading, seen: set[tuple[int, int]]) -> None:
    """Properties, and every other string that stands anywhere in the file."""
    _described(pdf, reading)
    info = pdf.trailer.get("/Info")
    seen = seen | ({info.objgen} if isinstance(info, pikepdf.Dictionary) else set())
    told = set()
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) or thing.objgen in seen:
            continue
        for key, text in _strings(thing):
            if (key, text) not in told:
                told.add((key, text))
                reading.add(text, KEYS.get(key, Where.FIELD))


def _strings(thing: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(key, text) of every string that stands directly in `thing`: not in other objects, which have their own turn."""
    items = thing.items() if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else (("", one) for one in thing)
    for key, value in items:
        if key in NOT_TEXT or depth > DEEPEST:
            continue
        if isinstance(value, pikepdf.String):
            yield key, str(value)
        elif isinstance(value, pikepdf.Array | pikepdf.Dictionary) and value.objgen == (0, 0):
            for inner, text in _strings(value, depth + 1):
                yield inner or key, text


def _xmp(content: bytes, reading: Reading) -> None:
    try:
        root = archives.parsed(content.strip())
    except FileRefused:
        reading.add(content.decode("utf-8", "ignore"), Where.PROPERTIES)
        return
    for element in root.iter():
        name, text = archives.local(element), (element.text or "").strip()
        above = [archives.local(one) for one in element.iterancestors()][:2]
        values = [(name, text), *((str(key).rpartition("}")[2], str(value)) for key, value in element.attrib.items())]
        for key, value in values:
            if value and not re.match(
                r"^(\d{4}-\d{2}-\d{2}T|uuid:|xmp\.|https?://(ns|www\.w3|purl|iptc|www\.aiim))", value
            ):
                reading.add(value, Where.PROPERTIES, label=key)
        if text and ("creator" in above or name == "creator"):
            reading.people.append(text)


def _attached(pdf: pikepdf.Pdf, reading: Reading) -> None:
    for name, file in pdf.attachments.items():
        reading.add(f"{name} {file.description}", Where.ATTACHMENT)
        content = file.get_file().read_bytes()
        text = "Another file stands inside this one. Take it out, or look at all of it."
        reading.leftovers.append(Leftover(Kind.UNREAD, text, Where.ATTACHMENT))
        for passage in _inside(content):
            reading.add(passage.text, Where.ATTACHMENT)


def _inside(content: bytes) -> list[Passage]:
    if content.startswith(b"PK"):
        return extract_docx.read(content).passages
    if content.startswith(b"%PDF"):
        return read(content).passages
    return [Passage(content.decode("utf-8", "ignore"))]
