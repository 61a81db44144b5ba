"""What is let in and what is taken out. Every refusal is a sentence, and none repeats the file's name."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from documents.content import FileRefused, clean, identify
from tests.documents import files

GOOD = {
    "pdf": files.pdf,
    "docx": files.word,
    "xlsx": files.excel,
    "odt": files.odt,
    "jpg": files.jpeg,
    "png": files.png,
}


def refused(data, name):
    with pytest.raises(FileRefused) as caught:
        identify(data, name)
    assert files.CHILD not in str(caught.value)
    return str(caught.value)


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


@pytest.mark.parametrize("extension", GOOD)
def test_what_is_let_in(extension):
    assert identify(GOOD[extension](), f"a.{extension.upper()}").extensions[0] == extension


@pytest.mark.parametrize("text", ["Row\r\n", "Café, £5\n", "\ufeffRow\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text(text, encoding):
    if encoding == "cp1252" and "\ufeff" in text:
        text = text.strip("\ufeff")
    assert identify(text.encode(encoding), "a.txt").label == "plain text"
    assert identify(text.encode(encoding), "a.csv").label == "CSV table"


@pytest.mark.parametrize("extension", GOOD)
def test_a_name_that_says_something_else(extension):
    other = "png" if extension != "png" else "pdf"
    assert f"ends in .{other}" in refused(GOOD[extension](), f"{files.CHILD}.{other}")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docm", "macros"), ("a.xlsm", "macros"), ("a.doc", "save it as .docx"), ("a.msg", "as a PDF"),
        ("a.eml", "as a PDF"), ("a.html", "Web pages"), ("a.svg", "Web pages"), ("a.zip", "Unpack"),
        ("a.exe", "not accepted"), ("noending", "not accepted"), ("a", "not accepted"),
    ],
)  # fmt: skip
def test_endings_that_are_not_let_in(name, words):
    assert words in refused(b"x", name)


def test_an_empty_file_and_one_too_large(settings):
    assert "empty" in refused(b"", "a.txt")
    settings.DOCUMENTS_MAX_MB = 1
    assert "1 MB" in refused(b"x" * (1024 * 1024 + 1), "a.txt")


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html><p>", b"  <svg onload=alert(1)>", b"\xef\xbb\xbf<html>", b"<?xml ?>"]
)
@pytest.mark.parametrize("ending", ["txt", "csv", "pdf", "png"])
def test_markup_is_let_in_under_no_name(data, ending):
    assert "Web pages" in refused(data, f"a.{ending}")


@pytest.mark.parametrize("data", [b"MZ" + b"\0" * 100, b"\x7fELF\x02", b"GIF89a\x01\x00", b"text\0text"])
def test_other_content_under_a_good_name(data):
    assert "none of the accepted types" in refused(data, "a.txt")


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml", "xl/macrosheets/sheet1.xml",
                                  "word/activeX/activeX1.bin"])  # fmt: skip
def test_macros_in_an_innocent_name(name):
    assert "macros" in refused(files.repacked(files.word(), {name: b"x"}), "a.docx")


def test_a_macro_document_renamed():
    types = part(files.word(), "[Content_Types].xml").replace(b"document.main+xml", b"document.macroEnabled.main+xml")
    assert "macros" in refused(files.repacked(files.word(), {"[Content_Types].xml": types}), "a.docx")


def test_macros_inside_an_object_inside():
    inner = files.repacked(files.excel(), {"xl/vbaProject.bin": b"x"})
    assert "macros" in refused(files.repacked(files.word(), {"word/embeddings/book.xlsx": inner}), "a.docx")
    identify(files.repacked(files.word(), {"word/embeddings/book.xlsx": files.excel()}), "a.docx")


def test_a_program_inside_and_files_inside_files():
    assert "inside this one" in refused(files.repacked(files.word(), {"word/embeddings/o.bin": b"MZ"}), "a.docx")
    nested = files.repacked(files.excel(), {"xl/embeddings/o.xlsx": files.excel()})
    assert "inside files" in refused(files.repacked(files.word(), {"word/embeddings/b.xlsx": nested}), "a.docx")


def test_macros_in_an_opendocument_text():
    assert "macros" in refused(files.repacked(files.odt(), {"Basic/Standard/Module1.xml": "x"}), "a.odt")


def _linked(kind, where):
    link = f'<Relationships xmlns="r"><Relationship Type="http://x/{kind}" Target="{where}" TargetMode="External"/>'
    return files.repacked(files.word(), {"word/_rels/settings.xml.rels": f"{link}</Relationships>"})


def test_an_object_from_elsewhere_is_refused():
    assert "somewhere else" in refused(_linked("oleObject", "http://x.example/o"), "a.docx")


def test_a_template_is_not_fetched_and_its_address_tells_nobodys_account():
    data = _linked("attachedTemplate", "file:///C:/Users/quillon.invented/Letter.dotx")
    cleaned = clean(*_known(data, "a.docx"))
    assert b"quillon" not in part(cleaned.data, "word/_rels/settings.xml.rels")
    assert any("template" in told for told in cleaned.taken)


def test_a_signed_office_file_is_left_and_it_is_said():
    data = files.repacked(files.word(), {"_xmlsignatures/sig1.xml": "<s/>"})
    cleaned = clean(*_known(data, "a.docx"))
    assert cleaned.data == data
    assert "digitally signed" in cleaned.left[0]


def test_a_part_that_would_make_too_large_a_tree(settings):
    settings.DOCUMENTS_MAX_XML_MB = 1
    data = files.repacked(files.word(), {"word/big.xml": f"<x>{'ab ' * 400_000}</x>"})
    assert "far more than its size" in refused(data, "a.docx")


def test_passwords():
    assert "password" in refused(files.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "a.pdf")
    assert "password" in refused(files.pdf(encryption=pikepdf.Encryption(owner="o", user="")), "a.pdf")
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512
    assert "password" in refused(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx")
    assert "old Office format" in refused(ole, "a.docx")
    manifest = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert "password" in refused(files.repacked(files.odt(), manifest), "a.odt")


def test_a_zip_entry_with_a_password():
    data = bytearray(files.word())
    start = data.rfind(b"PK\x01\x02")
    data[start + 8] |= 1
    assert "password" in refused(bytes(data), "a.docx")


def test_zip_bombs(settings):
    bomb = files.repacked(files.word(), {"word/media/a.xml": b"\0" * 30_000_000})
    assert "far more than its size" in refused(bomb, "a.docx")
    settings.DOCUMENTS_MAX_PARTS = 50
    many = files.repacked(files.word(), {f"word/media/{n}.txt": b"" for n in range(60)})
    assert "far more than its size" in refused(many, "a.docx")


def test_a_lie_about_the_size_is_not_unpacked():
    data = bytearray(files.repacked(files.word(), {"word/_rels/zz.xml.rels": b" " * 1_000_000}))
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/_rels/zz.xml.rels"))
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    assert "damaged" in refused(bytes(data), "a.docx")


def test_image_bombs(settings):
    settings.DOCUMENTS_MAX_MEGAPIXELS = 1
    out = io.BytesIO()
    Image.new("1", (2000, 2000)).save(out, "PNG")
    assert "million pixels" in refused(out.getvalue(), "a.png")


def test_entities_in_office_xml():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(FileRefused, match="damaged"):
        clean(*_known(files.repacked(files.word(), {"word/comments.xml": bomb}), "a.docx"))


def _known(data, name):
    return data, identify(data, name)


@pytest.mark.parametrize("extension", GOOD)
def test_damaged_files(extension):
    data = GOOD[extension]()
    assert refused(data[: len(data) // 3], f"a.{extension}")


def test_files_attached_inside_a_pdf():
    made = pikepdf.open(io.BytesIO(files.pdf()))
    made.attachments["x.exe"] = pikepdf.AttachedFileSpec(made, b"MZ", filename="x.exe")
    out = io.BytesIO()
    made.save(out)
    assert "attached inside" in refused(out.getvalue(), "a.pdf")


@pytest.mark.parametrize("extension", GOOD)
def test_nobody_is_left_in_the_hidden_details(extension):
    """Each file was made with the author's name in it; the stored one has it nowhere, packed or unpacked."""
    data = GOOD[extension]()
    cleaned = clean(data, identify(data, f"a.{extension}"))
    assert files.AUTHOR.encode() in _everything(data), "the test would prove nothing"
    assert files.AUTHOR.encode() not in _everything(cleaned.data)
    assert files.CHILD.encode() not in _everything(cleaned.data)
    assert cleaned.taken
    assert cleaned.left
    assert identify(cleaned.data, f"a.{extension}"), "and it is still what it was"


def _everything(data):
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return b"".join(bytes(o.unparse()) + (o.read_bytes() if isinstance(o, pikepdf.Stream) else b"")
                            for o in [*pdf.objects, pdf.trailer] if isinstance(o, pikepdf.Object))  # fmt: skip
    return data


def test_what_is_written_stays():
    data = files.word("The paragraph stays.")
    document = docx.Document(io.BytesIO(clean(*_known(data, "a.docx")).data))
    assert document.paragraphs[0].text == "The paragraph stays."
    assert [comment.text for comment in document.comments] == ["A remark"]
    assert [comment.author for comment in document.comments] == ["Author"]
    assert document.core_properties.author == ""
    book = openpyxl.load_workbook(io.BytesIO(clean(*_known(files.excel(), "a.xlsx")).data))
    assert book.active["A1"].value == "Row"
    assert book.active["A1"].comment.author == "Author"


def test_tracked_changes_lose_their_author_and_stay():
    document = part(files.word("Text"), "word/document.xml")
    change = f'<w:ins w:id="9" w:author="{files.AUTHOR}"><w:r><w:t>added</w:t></w:r></w:ins></w:p>'.encode()
    data = files.repacked(files.word("Text"), {"word/document.xml": document.replace(b"</w:p>", change, 1)})
    cleaned = clean(*_known(data, "a.docx")).data
    assert b"added" in part(cleaned, "word/document.xml")
    assert files.AUTHOR.encode() not in part(cleaned, "word/document.xml")


def test_a_turned_photograph_is_still_upright():
    cleaned = clean(*_known(files.jpeg(orientation=6), "a.jpg")).data
    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()


def test_a_pdf_loses_its_scripts_and_keeps_its_pages():
    made = pikepdf.open(io.BytesIO(files.pdf()))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    out = io.BytesIO()
    made.save(out)
    cleaned = clean(*_known(out.getvalue(), "a.pdf"))
    with pikepdf.open(io.BytesIO(cleaned.data)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert len(pdf.pages) == 1
        assert pdf.pages[0].Annots[0].Contents == "A remark"
    assert any("scripts" in told for told in cleaned.taken)


def test_a_signed_pdf_is_left_and_it_is_said():
    made = pikepdf.open(io.BytesIO(files.pdf()))
    made.Root.Sig = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents="x"))
    out = io.BytesIO()
    made.save(out)
    cleaned = clean(*_known(out.getvalue(), "a.pdf"))
    assert cleaned.data == out.getvalue()
    assert not cleaned.taken
    assert "digitally signed" in cleaned.left[0]
