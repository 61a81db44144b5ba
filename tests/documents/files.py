"""Files to upload, made here. Each holds things that must not leak: an author, a camera, a comment's writer."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.comments import Comment
from PIL import ExifTags, Image, PngImagePlugin

AUTHOR = "Quillon Invented"  # in every file's hidden details
CHILD = "Rowan Invented"  # in every uploaded file's name
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(data: bytes, extension: str, name: str = f"{CHILD} notes") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.{extension}", data)


def _saved(save) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def pdf(text: str = "Page", **save) -> bytes:
    """A PDF with properties in both places and a comment."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = AUTHOR
    made.docinfo["/Title"] = text
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [AUTHOR]
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=AUTHOR,
                              Contents="A remark")  # fmt: skip
    made.pages[0].Annots = made.make_indirect(pikepdf.Array([note]))
    return _saved(lambda out: made.save(out, **save))


def word(text: str = "Paragraph") -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph(text)
    document.core_properties.author = document.core_properties.last_modified_by = AUTHOR
    document.core_properties.title = f"About {CHILD}"
    document.add_comment(paragraph.runs, text="A remark", author=AUTHOR, initials="QI")
    return _saved(document.save)


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Row"
    book.active["A1"].comment = Comment("A remark", AUTHOR)
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    return _saved(book.save)


def odt(text: str = "Paragraph") -> bytes:
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    creator = f"<dc:creator>{AUTHOR}</dc:creator>"
    meta = f"<office:document-meta {space}><office:meta>{creator}</office:meta></office:document-meta>"
    content = (
        f"<office:document-content {space}><office:body><office:annotation>{creator}"
        f"</office:annotation>{text}</office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": meta, "content.xml": content})


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, more: dict[str, bytes | str]) -> bytes:
    """The same archive with more parts, or with some parts replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return archive(parts | more)


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = AUTHOR
    exif[ExifTags.Base.DateTime] = "2026:01:02 00:00:00"
    exif[ExifTags.Base.Orientation] = orientation
    return exif


def jpeg(orientation: int = 1) -> bytes:
    image = Image.new("RGB", (40, 20), "red")
    return _saved(lambda out: image.save(out, "JPEG", exif=_exif(orientation), comment=AUTHOR.encode()))


def png() -> bytes:
    image = Image.new("RGB", (40, 20), "red")
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", AUTHOR)
    return _saved(lambda out: image.save(out, "PNG", pnginfo=info, exif=_exif(1)))
