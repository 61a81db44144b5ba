"""PDF: no password, no files inside; properties, scripts and names of commentators taken out."""

import io

import pikepdf
from django.conf import settings

from documents.content.kinds import FileRefused

BROKEN = "This PDF is damaged. Open it, save or print it to PDF again, and choose the new file."
PASSWORD = "This PDF is protected by a password. Save it without one and choose it again."  # noqa: S105 - a sentence
ATTACHED = "Other files are attached inside this PDF. Save them as files of their own and the PDF without them."
PROPERTIES = "the document's properties (author, title, program, dates)"
SCRIPTS = "scripts and actions that run on opening"
COMMENTATORS = "names of people who commented"
SIGNED = (
    "the properties and names in it: this PDF is digitally signed, and taking anything out would break the signature"
)
TEXT = "what is written or pictured on the pages"
ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMedia")


def opened(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise FileRefused(PASSWORD) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise FileRefused(BROKEN) from error
    return pdf


def check(data: bytes) -> None:
    """Refuse what is encrypted, damaged, endless, or carries other files."""
    with opened(data) as pdf:
        if pdf.is_encrypted:
            raise FileRefused(PASSWORD)
        try:
            count, attached = len(pdf.pages), len(pdf.attachments) > 0 or _has_file(pdf)
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError) as error:
            raise FileRefused(BROKEN) from error
        if not count:
            raise FileRefused(BROKEN)
        if count > settings.DOCUMENTS_MAX_PAGES:
            raise FileRefused(f"This PDF has more than {settings.DOCUMENTS_MAX_PAGES} pages. Split it.")
        if attached:
            raise FileRefused(ATTACHED)


def _has_file(pdf: pikepdf.Pdf) -> bool:
    return any(
        isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
        and ("/EF" in thing or thing.get("/Type") == "/EmbeddedFile")
        for thing in pdf.objects
    )


def clean(data: bytes) -> tuple[bytes, list[str], list[str]]:
    """(bytes, what was taken out, what was left). A signed PDF stays as it is."""
    with opened(data) as pdf:
        if _is_signed(pdf):
            return data, [], [SIGNED]
        taken = []
        if _take_properties(pdf):
            taken.append(PROPERTIES)
        if _take_scripts(pdf):
            taken.append(SCRIPTS)
        if _take_commentators(pdf):
            taken.append(COMMENTATORS)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue(), taken, [TEXT]


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    return any(
        isinstance(thing, pikepdf.Dictionary) and "/ByteRange" in thing and "/Contents" in thing
        for thing in pdf.objects
    )


def _dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]


def _take_properties(pdf: pikepdf.Pdf) -> bool:
    found = "/Info" in pdf.trailer
    if found:
        del pdf.trailer["/Info"]
    for thing in _dictionaries(pdf):
        for name in ("/Metadata", "/PieceInfo", "/LastModified"):
            if name in thing:
                del thing[name]
                found = True
    return found


def _take_scripts(pdf: pikepdf.Pdf) -> bool:
    found = False
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        del names["/JavaScript"]
        found = True
    for thing in _dictionaries(pdf):
        for name in ("/AA", "/OpenAction"):
            if name in thing and not _is_destination(thing[name]):
                del thing[name]
                found = True
        action = thing.get("/A")
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTIONS:
            del thing["/A"]
            found = True
    return found


def _is_destination(action: pikepdf.Object) -> bool:
    """A page to open at, which is no script."""
    return isinstance(action, pikepdf.Array) or (
        isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) == "/GoTo"
    )


def _take_commentators(pdf: pikepdf.Pdf) -> bool:
    found = False
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) != "/Widget" and "/T" in note:
                del note["/T"]
                found = True
    return found
