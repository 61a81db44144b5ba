"""All that a Word file says, wherever it says it: read from its parts, since what may not be there is the point.

Pages of a Word file are made when it is shown. Where Word left its marks of the last time (lastRenderedPageBreak), they
give the page; otherwise a place is "paragraph n", counted over the paragraphs of the text that are not empty.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml.etree import _Element as Element
from PIL import ExifTags, Image

from documents.content import archives
from publications.disclosure.choices import Kind, Where
from publications.disclosure.passages import Leftover, Mark, Passage, Reading

PLACES = (
    (re.compile(r"word/(header|footer)\d*\.xml$"), Where.HEADER),
    (re.compile(r"word/(footnotes|endnotes)\.xml$"), Where.FOOTNOTE),
    (re.compile(r"word/comments.*\.xml$"), Where.COMMENT),
    (re.compile(r"word/(document|glossary/document)\.xml$"), Where.BODY),
)
DRAWINGS = re.compile(r"word/(charts|diagrams|drawings)/[^/]+\.xml$")
PROPERTIES = re.compile(r"docprops/(core|app|custom)\.xml$")
THUMBNAIL = re.compile(r"docprops/thumbnail\.")
PICTURES = re.compile(r"word/media/[^/]+\.(jpe?g|png|tiff?|gif|bmp)$")
PROGRAM_WORDS = frozenset({"Application", "AppVersion", "Template", "DocSecurity", "TotalTime", "Pages", "Words",
    "Characters", "Lines", "Paragraphs", "CharactersWithSpaces", "ScaleCrop", "LinksUpToDate", "SharedDoc",
    "HyperlinksChanged", "revision", "created", "modified", "lastPrinted", "language"})  # fmt: skip
PEOPLE = frozenset({"creator", "lastModifiedBy", "Manager"})
NOBODY = frozenset({"", "author", "microsoft office user", "user", "python-docx", "word"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
FEATURES = {"ins": Where.INSERTED, "del": Where.DELETED, "moveFrom": Where.DELETED, "moveTo": Where.INSERTED}


@dataclass
class Paragraph:
    """The pieces of one paragraph in their order: text, and where it stands if not in plain sight."""

    pieces: list[tuple[str, Where | None]] = field(default_factory=list)

    def passages(self, where: Where, **place: int | None) -> list[Passage]:
        """As it is read; and, where there is a deletion or hidden text, as it stands with them."""
        gone = (Where.DELETED, Where.HIDDEN)
        seen = [(text, mark) for text, mark in self.pieces if mark not in gone]
        made = [_passage(seen, where, **place)]
        for mark in gone:
            if any(one == mark for _, one in self.pieces):
                other = Where.INSERTED if mark == Where.DELETED else Where.DELETED
                with_it = [(text, one if one == mark else None) for text, one in self.pieces if one not in (other,)]
                made.append(_passage(with_it, where, only_marked=True, **place))
        return [passage for passage in made if passage.text.strip()]


def _passage(pieces: list[tuple[str, Where | None]], where: Where, *, only_marked: bool = False,
             **place: int | None) -> Passage:  # fmt: skip
    marks, at = [], 0
    for text, mark in pieces:
        if mark:
            marks.append(Mark(at, at + len(text), mark))
        at += len(text)
    text = "".join(text for text, _ in pieces)
    return Passage(text, where, marks=tuple(marks), only_marked=only_marked, **place)


def read(data: bytes) -> Reading:
    """Raises FileRefused, with a sentence, for a file that cannot be opened."""
    reading = Reading()
    with archives.opened(data) as archive:
        archives.bounded(archive)
        for name in archive.namelist():
            _read_part(archive, name, reading)
    _sum_up(reading)
    return reading


def _read_part(archive: zipfile.ZipFile, name: str, reading: Reading) -> None:
    lower = name.lower()
    content = archives.part(archive, name)
    if lower.startswith("word/embeddings/") and not lower.endswith("/"):
        _inside(content, reading)
    elif PICTURES.search(lower):
        _picture(content, reading)
    elif THUMBNAIL.search(lower):
        text = "A small picture of the first page, which shows what stood there when it was saved."
        reading.leftovers.append(Leftover(Kind.UNREAD, text, Where.PROPERTIES))
    elif lower.endswith(".rels"):
        for link in archives.parsed(content):
            if link.get("TargetMode", "").lower() == "external":
                reading.add(link.get("Target", ""), Where.LINK)
    elif lower.endswith(".xml"):
        _read_xml(archives.parsed(content), lower, reading)


def _read_xml(root: Element, name: str, reading: Reading) -> None:
    place = next((where for shape, where in PLACES if shape.search(name)), None)
    if place is not None:
        Walker(reading, place).walk(root)
    elif PROPERTIES.search(name):
        _properties(root, reading)
    elif DRAWINGS.search(name):
        for element in root.iter():
            if archives.local(element) in ("t", "v"):
                reading.add(element.text or "", Where.DRAWING)
    elif name == "word/settings.xml":
        for element in root.iter():
            if archives.local(element) == "docVar":
                reading.add(_attribute(element, "val"), Where.FIELD)
    elif name == "word/people.xml":
        reading.people += [_attribute(element, "author") for element in root.iter()]
    elif name.startswith("customxml/") and "/itemprops" not in name:
        for element in root.iter():
            values = [element.text or "", *element.attrib.values()] if archives.local(element) else []
            for value in values:
                reading.add(value, Where.PROPERTIES)


def _properties(root: Element, reading: Reading) -> None:
    for element in root.iter():
        name, text = archives.local(element), (element.text or "").strip()
        if not text or name in PROGRAM_WORDS:
            continue
        reading.add(text, Where.PROPERTIES, label=name)
        if name in PEOPLE and text.casefold() not in NOBODY:
            reading.people.append(text)


def _attribute(element: Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


class Walker:
    """Goes through the paragraphs of one part in their order. A text box stands in a paragraph and has its own."""

    def __init__(self, reading: Reading, where: Where) -> None:
        self.reading, self.where = reading, where
        self.page, self.paragraph = 1, 0
        self.has_pages = False

    def walk(self, root: Element) -> None:
        self.has_pages = any(archives.local(element) == "lastRenderedPageBreak" for element in root.iter())
        for element in root.iter():
            if archives.local(element) == "p" and not self._is_copy(element):
                self._one(element)
        if self.where == Where.BODY and self.has_pages:
            self.reading.pages = max(self.reading.pages, self.page)

    def _is_copy(self, element: Element) -> bool:
        """Drawings are written twice, the second time for old programs."""
        return any(archives.local(above) == "Fallback" for above in element.iterancestors())

    def _one(self, element: Element) -> None:
        page = self.page
        made = Paragraph()
        self._children(element, None, made)
        if not any(text.strip() for text, _ in made.pieces):
            return
        in_box = any(archives.local(above) == "txbxContent" for above in element.iterancestors())
        where = Where.TEXT_BOX if in_box else self.where
        is_body = self.where == Where.BODY
        self.paragraph += 1
        self.reading.passages += made.passages(
            where, page=page if is_body and self.has_pages else None, paragraph=self.paragraph if is_body else None
        )

    def _children(self, element: Element, mark: Where | None, made: Paragraph) -> None:
        for child in element:
            name = archives.local(child)
            if name in ("p", "Fallback", "txbxContent"):
                continue  # a paragraph of its own
            if name == "r" and self._is_hidden(child):
                self._children(child, Where.HIDDEN, made)
            else:
                self._child(child, name, FEATURES.get(name, mark), made)

    def _child(self, child: Element, name: str, mark: Where | None, made: Paragraph) -> None:
        if name in ("t", "delText"):
            made.pieces.append((child.text or "", mark))
        elif name in SIGNS:
            made.pieces.append((SIGNS[name], mark))
        elif name == "lastRenderedPageBreak":
            self.page += 1
        else:
            self._aside(child, name)
            self._children(child, mark, made)

    def _is_hidden(self, run: Element) -> bool:
        for properties in run:
            if archives.local(properties) == "rPr":
                return any(
                    (
                        archives.local(one) in ("vanish", "webHidden", "specVanish")
                        and _attribute(one, "val") not in ("0", "false", "off")
                    )
                    or (archives.local(one) == "color" and _attribute(one, "val").upper() == "FFFFFF")
                    for one in properties
                )
        return False

    def _aside(self, element: Element, name: str) -> None:
        """What stands beside the text: alternative text, names of bookmarks and fields, who changed what."""
        here = {"page": self.page if self.has_pages else None, "paragraph": self.paragraph + 1}
        here = here if self.where == Where.BODY else {}
        if name in ("docPr", "cNvPr"):
            for attribute in ("descr", "title", "name"):
                self.reading.add(_attribute(element, attribute), Where.ALT_TEXT, **here)
        elif name in ("instrText", "delInstrText"):
            self.reading.add(element.text or "", Where.FIELD, **here)
        elif name in ("bookmarkStart", "ffData", "alias", "tag", "default", "statusText", "helpText", "fldSimple"):
            for attribute in ("name", "val", "instr"):
                self.reading.add(_attribute(element, attribute), Where.FIELD, **here)
        if name in FEATURES:
            self.reading.people.append(_attribute(element, "author"))


def _picture(content: bytes, reading: Reading) -> None:
    """What a picture carries besides its pixels. What it shows is for people to look at."""
    reading.notes.append("picture")
    try:
        with Image.open(io.BytesIO(content)) as image:
            told = {str(ExifTags.TAGS.get(tag, tag)): value for tag, value in image.getexif().items()}
            told |= {str(name): value for name, value in image.info.items()}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return
    for value in told.values():
        text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
        if isinstance(text, str):
            reading.add(text, Where.PROPERTIES, label="picture")


def _inside(content: bytes, reading: Reading) -> None:
    """A file inside the file: its text where it has any in XML, and in any case something to look at."""
    text = "Another file stands inside this one. Take it out, or look at all of it."
    reading.leftovers.append(Leftover(Kind.UNREAD, text, Where.ATTACHMENT))
    if not content.startswith(b"PK"):
        return
    with archives.opened(content) as archive:
        archives.bounded(archive)
        for name in archive.namelist():
            if name.endswith(".xml"):
                root = archives.parsed(archives.part(archive, name))
                reading.add(" ".join(str(text) for text in root.itertext()), Where.ATTACHMENT)


def _sum_up(reading: Reading) -> None:
    """One line for what should not be in a file that is published, whatever it says."""
    counts = dict.fromkeys((Where.INSERTED, Where.DELETED, Where.HIDDEN), 0)
    for passage in reading.passages:
        for mark in passage.marks:
            counts[mark.where] += 1
    comments = sum(passage.where == Where.COMMENT for passage in reading.passages)
    changes = counts[Where.INSERTED] + counts[Where.DELETED]
    lines = (
        (changes, "tracked change", Where.DELETED if counts[Where.DELETED] else Where.INSERTED),
        (comments, "paragraph of comments", Where.COMMENT),
        (counts[Where.HIDDEN], "piece of hidden text", Where.HIDDEN),
    )
    for count, what, where in lines:
        if count:
            words = what if count == 1 else what.replace("paragraph", "paragraphs").replace("piece", "pieces")
            words = words.replace("change", "changes") if count > 1 else words
            text = f"{count} {words} {'is' if count == 1 else 'are'} still in the file."
            reading.leftovers.append(Leftover(Kind.CHANGES, text, where))
    pictures = reading.notes.count("picture")
    reading.notes = [pictures_note(pictures)] if pictures else []
    reading.people = [name for name in dict.fromkeys(reading.people) if name.strip().casefold() not in NOBODY]


def pictures_note(count: int) -> str:
    if count == 1:
        return "1 picture was not read: look at what it shows."
    return f"{count} pictures were not read: look at what they show."
