"""The corpus as a Word file and as a PDF, made here: none is kept as a binary."""

import io
import zipfile

import docx
import pikepdf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from PIL import Image
from weasyprint import HTML

from tests.publications.disclosure import corpus
from tests.publications.disclosure.corpus import DOCX, PDF

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:id="7" w:author="Author" w:date="2026-01-01T00:00:00Z"'
FOOTNOTES = (
    f'<w:footnotes {NS}><w:footnote w:id="1"><w:p><w:r><w:t>{DOCX[1].words}</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def _run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def asides() -> list[str]:
    """The paragraphs of the Word file whose leak is not in plain sight."""
    return [
        f"<w:p {NS}><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{_run(DOCX[2].words)}</w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>",
        f"<w:p {NS}>{_run('Before it ')}<w:ins {WHO}>{_run(DOCX[4].words)}</w:ins>{_run(' and after')}</w:p>",
        f"<w:p {NS}>{_run('Before it ')}<w:del {WHO}>{_run(DOCX[5].words, tag='delText')}</w:del>"
        f"{_run(' and on')}</w:p>",
        f"<w:p {NS}>{_run('Before it ')}{_run(DOCX[6].words, '<w:vanish/>')}{_run(' and further')}</w:p>",
        f'<w:p {NS}><w:r><w:drawing><wp:inline><wp:docPr id="9" name="Picture 1" descr="{DOCX[7].words}"/></wp:inline>'
        "</w:drawing></w:r></w:p>",
        f'<w:p {NS}><w:bookmarkStart w:id="3" w:name="{DOCX[10].words}"/><w:bookmarkEnd w:id="3"/>'
        f"{_run('Here.')}</w:p>",
    ]


def word(paragraphs, *, leaks: bool = False, author: str = "Inventshire Safeguarding Children Partnership") -> bytes:
    """A Word file of `paragraphs`; with `leaks` those of corpus.DOCX at their places."""
    made = docx.Document()
    made.core_properties.author = corpus.AUTHOR if leaks else author
    made.core_properties.title = "Learning review"
    paragraph = made.add_paragraph("Learning review")
    for text in paragraphs:
        paragraph = made.add_paragraph(text)
    if leaks:
        made.sections[0].header.paragraphs[0].text = DOCX[0].words
        made.add_comment(paragraph.runs, text=DOCX[3].words, author="Author", initials="A")
        made.part.relate_to(DOCX[9].words, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        end = made.element.body.find(qn("w:sectPr"))
        for xml in asides():
            end.addprevious(parse_xml(xml))
    out = io.BytesIO()
    made.save(out)
    return with_part(out.getvalue(), "word/footnotes.xml", FOOTNOTES) if leaks else out.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The same archive with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>").replace("\u00ad<br>", "-<br>")


STYLE = """
@page { size: A4; margin: 20mm; @top-left { content: "HEADER"; font-size: 8pt } }
body { font: 11pt/1.45 sans-serif; text-align: justify } .page { break-after: page } .white { color: #fff }
"""


SVG = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
PICTURE = f"data:image/svg+xml,{SVG}"


def pdf(pages, *, leaks: bool = False, author: str = "Inventshire Safeguarding Children Partnership") -> bytes:
    """A PDF with the paragraphs of each page; with `leaks` those of corpus.PDF at their places."""
    header = PDF[0].words if leaks else "Learning review"
    body = "".join(f"<div class=page>{''.join(f'<p>{_escaped(p)}</p>' for p in page)}</div>" for page in pages)
    if leaks:
        body += f"<h2 style='bookmark-label:\"{PDF[1].words}\"'>A heading</h2><p class=white>{PDF[2].words}</p>"
        body += f'<p><a href="{PDF[8].words}">a link</a></p>'
        body += f'<p><img alt="{PDF[5].words}" width=9 height=9 src="{PICTURE}"></p>'
    title, who = ("Review", corpus.AUTHOR) if leaks else ("Learning review", author)
    html = (
        f"<html lang=en><head><title>{title}</title><meta name=author content='{who}'>"
        f"<style>{STYLE.replace('HEADER', header)}</style></head><body>{body}</body></html>"
    )
    made: bytes = HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return _with_leaks(made) if leaks else made


def _with_leaks(data: bytes) -> bytes:
    """What weasyprint does not write: invisible text, a comment, a file inside, a subject in the XMP metadata."""
    with pikepdf.open(io.BytesIO(data)) as made:
        page = made.pages[-1]
        font = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.Leak)
        page.contents_add(f"\nq BT /Leak 11 Tf 3 Tr 60 60 Td ({PDF[3].words}) Tj ET Q".encode())
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 20, 20], Contents=PDF[4].words
        )
        page.obj.Annots = made.make_indirect(pikepdf.Array([*page.obj.get("/Annots", []), made.make_indirect(note)]))
        made.attachments[PDF[9].words] = PDF[10].words.encode()
        with made.open_metadata() as metadata:
            metadata["dc:description"] = PDF[7].words
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def scanned_pdf() -> bytes:
    """Pages that are pictures, without a letter of text."""
    out = io.BytesIO()
    Image.new("L", (200, 280), 200).save(out, "PDF")
    return out.getvalue()
