"""The kinds of file that are kept, and what to do instead of the others."""

from dataclasses import dataclass

from core.errors import WorkflowError


class FileRefused(WorkflowError):
    """A file that is not kept. The sentence says why and what to do; it never repeats the file's name."""


@dataclass(frozen=True)
class FileType:
    """A kind of file. `family` says how it is looked into: pdf, office, odt, image or text."""

    label: str
    extensions: tuple[str, ...]
    content_type: str
    family: str


_OOXML = "application/vnd.openxmlformats-officedocument"

PDF = FileType("PDF", ("pdf",), "application/pdf", "pdf")
DOCX = FileType("Word document", ("docx",), f"{_OOXML}.wordprocessingml.document", "office")
XLSX = FileType("Excel workbook", ("xlsx",), f"{_OOXML}.spreadsheetml.sheet", "office")
PPTX = FileType("PowerPoint presentation", ("pptx",), f"{_OOXML}.presentationml.presentation", "office")
ODT = FileType("OpenDocument text", ("odt",), "application/vnd.oasis.opendocument.text", "odt")
PNG = FileType("PNG picture", ("png",), "image/png", "image")
JPEG = FileType("JPEG picture", ("jpg", "jpeg"), "image/jpeg", "image")
TXT = FileType("plain text", ("txt",), "text/plain", "text")
CSV = FileType("CSV table", ("csv",), "text/csv", "text")

ALLOWED = (PDF, DOCX, XLSX, PPTX, ODT, CSV, TXT, PNG, JPEG)
BY_EXTENSION = {extension: kind for kind in ALLOWED for extension in kind.extensions}
ACCEPT = ",".join(f".{extension}" for extension in BY_EXTENSION)
NAMES = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument text (.odt), CSV, plain text, PNG and JPEG"

_MACROS = "Files that can hold macros are not accepted. Save it without macros, as .docx, .xlsx or .pptx."
_OLD = "This old Office format can hide macros. Open it, save it as .docx, .xlsx or .pptx, and choose that file."
_MAIL = (
    "E-mail files are not accepted, because what is attached inside them cannot be checked. Save the message as a PDF "
    "and its attachments as files of their own."
)
_PAGE = "Web pages and drawings that can run scripts are not accepted. Save it as a PDF."
_ARCHIVE = "Archives are not accepted. Unpack it and choose the files that are inside."
INSTEAD = (
    dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"), _MACROS)
    | dict.fromkeys(("doc", "dot", "xls", "xlt", "ppt", "pot", "pps", "rtf"), _OLD)
    | dict.fromkeys(("eml", "msg"), _MAIL)
    | dict.fromkeys(("html", "htm", "xhtml", "mht", "svg", "xml"), _PAGE)
    | dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), _ARCHIVE)
)
