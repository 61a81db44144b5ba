"""What a file or a web text says, whichever its kind. Refuses what cannot be read, and never calls it clean."""

import re

from documents.content.kinds import FileRefused
from publications.disclosure import extract_docx, extract_pdf
from publications.disclosure.choices import Where
from publications.disclosure.passages import Passage, Reading

READERS = {"docx": extract_docx.read, "pdf": extract_pdf.read}
KINDS = tuple(READERS)
OTHER = "Only Word files (.docx) and PDFs can be checked. Save the report as one of these and choose that."
NO_TEXT = "There is no text in this file, so nothing in it can be checked. Choose the file with the report."
LEAST = 20  # letters: fewer are a cover, or nothing


def read(data: bytes, extension: str) -> Reading:
    """All that the file says. Raises FileRefused, with a sentence."""
    if extension not in READERS:
        raise FileRefused(OTHER)
    reading = READERS[extension](data)
    if sum(len(passage.text.strip()) for passage in reading.passages if passage.where == Where.BODY) < LEAST:
        raise FileRefused(NO_TEXT)
    return reading


def properties(data: bytes, extension: str) -> list[str]:
    """What the properties of a file say as it comes, before the store takes them out: each once, none empty.

    Raises FileRefused, with a sentence.
    """
    if extension not in READERS:
        raise FileRefused(OTHER)
    reading = extract_docx.read(data) if extension == "docx" else extract_pdf.properties(data)
    told = [one.text for one in reading.passages if one.where == Where.PROPERTIES and one.label != "picture"]
    return [text for text in dict.fromkeys([*told, *reading.people]) if text.strip()]


def web_text(text: str) -> list[Passage]:
    """The text of the web page, paragraph by paragraph. What stands in tags and their attributes is text too."""
    parts = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    return [Passage(part, Where.WEB, paragraph=number) for number, part in enumerate(parts, 1)]


def file_name(name: str) -> Passage:
    """A name without its ending: "rowan_invented-v2.docx" → "rowan invented v2"."""
    stem = name.rpartition(".")[0] or name
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    return Passage(re.sub(r"[_+]", " ", apart), Where.FILE_NAME)
