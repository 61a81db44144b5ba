"""Files that are ZIP archives inside (Office, OpenDocument): which one, within bounds, without macros or passwords."""

import io
import re
import zipfile

from django.conf import settings
from lxml import etree
from lxml.etree import _Element as Element

from documents.content.kinds import DOCX, INSTEAD, ODT, PPTX, XLSX, FileRefused, FileType

MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|basic/.*|scripts/.*|macrosheets/.*|activex/.*)$")
OBJECTS = re.compile(r"(^|/)embeddings/|(^|/)oleobject|^object ", re.IGNORECASE)
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"ms-office.activex")
BROKEN = "The file is damaged or was changed by hand. Open it, save it again and choose the new file."
MACROS_INSIDE = "There are macros inside this file. Save it without macros and choose it again."
TOO_MUCH = "The file unpacks to far more than its size, as harmful files do. Print it to PDF and choose that."
PASSWORD = "The file is protected by a password. Save it without one and choose it again."  # noqa: S105 - a sentence


def opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise FileRefused(BROKEN) from error


def kind_of(data: bytes) -> FileType:
    """Which accepted kind an archive is; a plain ZIP is refused."""
    with opened(data) as archive:
        names = set(archive.namelist())
        bounded(archive)
        if "mimetype" in names and part(archive, "mimetype").strip() == ODT.content_type.encode():
            return ODT
        if "[Content_Types].xml" in names:
            for name, kind in MAIN_PARTS.items():
                if name in names:
                    return kind
    raise FileRefused(INSTEAD["zip"])


def bounded(archive: zipfile.ZipFile) -> None:
    """Refuse bombs by what the directory says; reading a part never yields more than that."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(PASSWORD)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise FileRefused(BROKEN)
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    largest = max(
        (entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))), default=0
    )
    if (
        largest > settings.DOCUMENTS_MAX_XML_MB * 1024 * 1024
        or len(entries) > settings.DOCUMENTS_MAX_PARTS
        or total > settings.DOCUMENTS_MAX_UNPACKED_MB * 1024 * 1024
        or (total > settings.DOCUMENTS_RATIO_FREE_MB * 1024 * 1024 and total / packed > settings.DOCUMENTS_MAX_RATIO)
    ):
        raise FileRefused(TOO_MUCH)


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except Exception as error:  # zipfile's own, and those of zlib, bz2 and lzma for damaged streams
        raise FileRefused(BROKEN) from error


def parsed(xml: bytes) -> Element:
    """One XML part. No document type, so no entities and no expansion; nothing is fetched."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FileRefused(BROKEN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise FileRefused(BROKEN)
    return root


def written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: Element) -> str:
    """An element's name without its namespace; nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def check(data: bytes) -> None:
    """No macros, no password, no program objects, no object or frame that is fetched from elsewhere."""
    with opened(data) as archive:
        bounded(archive)
        for name in archive.namelist():
            lower = name.lower()
            if MACROS.search(lower):
                raise FileRefused(MACROS_INSIDE)
            if OBJECTS.search(lower) and not lower.endswith("/"):
                _check_object(part(archive, name), lower)
            if lower == "[content_types].xml" and any(word in part(archive, name).lower() for word in MACRO_TYPES):
                raise FileRefused(MACROS_INSIDE)
            if lower == "meta-inf/manifest.xml" and b"encryption-data" in part(archive, name):
                raise FileRefused(PASSWORD)
            if lower.endswith(".rels"):
                _check_links(part(archive, name))


def _check_object(inner: bytes, name: str) -> None:
    """An object inside a document may be another Office document that is itself in order, and nothing else."""
    if name.endswith((".xml", ".rels")):
        return
    if inner.startswith(b"PK"):
        kind_of(inner)
        with opened(inner) as archive:
            if any(OBJECTS.search(name) for name in archive.namelist()):
                raise FileRefused("Files stand inside files inside this one. Take them out and choose them one by one.")
        check(inner)
        return
    raise FileRefused("There is another file or program inside this one. Take it out and choose it by itself.")


def _check_links(xml: bytes) -> None:
    for link in parsed(xml):
        external = link.get("TargetMode", "").lower() == "external"
        if external and link.get("Type", "").rpartition("/")[2] in {"oleObject", "frame"}:
            raise FileRefused(
                "The file loads something from somewhere else when it is opened. "
                "Save it without that link, or as PDF, and choose it again."
            )
