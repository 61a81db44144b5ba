"""Whether a file is what its name says: by its first bytes, by its parts, and by puremagic's second opinion."""

import puremagic
from django.conf import settings

from documents.content import archives, images, pdfs
from documents.content.kinds import BY_EXTENSION, CSV, INSTEAD, JPEG, NAMES, PDF, PNG, TXT, FileRefused, FileType

SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Office wraps a document with a password
MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "{\\rtf")
CONTROLS = {chr(code) for code in range(32)} - set("\t\r\n\f") | {"\x7f"}


def identify(data: bytes, name: str) -> FileType:
    """The kind of the file `name` with the content `data`. FileRefused, with a sentence, for all that is not kept."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not data:
        raise FileRefused("The file is empty. Choose one that has something in it.")
    if len(data) > settings.DOCUMENTS_MAX_MB * 1024 * 1024:
        raise FileRefused(f"The file is larger than {settings.DOCUMENTS_MAX_MB} MB. Make it smaller or split it.")
    if extension in INSTEAD:
        raise FileRefused(INSTEAD[extension])
    if extension not in BY_EXTENSION:
        raise FileRefused(f"This type of file is not accepted. Accepted are {NAMES}.")
    wanted = BY_EXTENSION[extension]
    found = _by_content(data, wanted)
    if found != wanted:
        raise FileRefused(
            f"The name of the file ends in .{extension}, but it is a {found.label} inside. "
            "Save it again in the format that its name says."
        )
    _look_into(data, found)
    return found


def _by_content(data: bytes, wanted: FileType) -> FileType:
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise FileRefused("The file is protected by a password. Save it without one and choose it again.")
        raise FileRefused(INSTEAD["doc"])
    if data.startswith(b"PK"):
        return archives.kind_of(data)
    for signature, kind in SIGNATURES:
        if data.startswith(signature) and _second_opinion(data, kind):
            return kind
    if _is_text(data):
        return wanted if wanted in (TXT, CSV) else TXT
    raise FileRefused(f"The content of this file is none of the accepted types. Accepted are {NAMES}.")


def _second_opinion(data: bytes, kind: FileType) -> bool:
    seen = {match.extension.lstrip(".") for match in puremagic.magic_string(data)}
    return bool(seen & set(kind.extensions))


def _is_text(data: bytes) -> bool:
    """Text in UTF-8, UTF-16 or the usual Western code page, without control characters, and no markup that runs."""
    text = decoded(data)
    if text is None or CONTROLS & set(text):
        return False
    if text.lstrip().lower().startswith(MARKUP):
        raise FileRefused(INSTEAD["html"])
    return True


def decoded(data: bytes) -> str | None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _look_into(data: bytes, kind: FileType) -> None:
    if kind.family == "pdf":
        pdfs.check(data)
    elif kind.family == "image":
        images.check(data)
    elif kind.family in {"office", "odt"}:
        archives.check(data)
