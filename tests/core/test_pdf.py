import http.server
import threading
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.pdf import Enclosed, PackagedOnly, PdfError, Resource, render_pdf

SECRET = "Zebediah keeps this"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


def page(body="<h1>Title</h1>", head="", lang=' lang="en-GB"', title="<title>A report</title>"):
    return f"<!DOCTYPE html><html{lang}><head>{title}{head}</head><body>{body}</body></html>"


def read(content):
    return PdfReader(BytesIO(content))


def bookmarks(reader):
    return [one.title for one in reader.outline if not isinstance(one, list)]


def test_is_a_tagged_document_with_title_language_and_bookmarks():
    reader = read(render_pdf(page("<h1>Überblick</h1><p>Text</p><table><tr><th scope=col>A</th></tr></table>")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "A report"
    assert bookmarks(reader) == ["Überblick"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_fonts_are_embedded():
    reader = read(render_pdf(page("<h1>Text</h1><p><b>bold</b></p>")))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_input_has_the_same_file_identifier():
    first, second = (read(render_pdf(page(), identifier=b"ab12")).trailer["/ID"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (page(title=""), "title"),
        (page(title="<title> </title>"), "title"),
        (page(lang=""), "lang"),
        (page('<h1>T</h1><img alt="x" src="packaged:gone.svg">'), "gone.svg"),
    ],
)
def test_refuses_what_cannot_be_proper(html, says):
    with pytest.raises(PdfError, match=says):
        render_pdf(html)


def _figures(reader):
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += list(node)
        elif hasattr(node, "get"):
            if node.get("/S") == "/Figure":
                found.append(node.get("/Alt"))
            if "/K" in node:
                todo.append(node["/K"])
    return found


def test_a_figure_has_its_alternative_text():
    html = page('<h1>T</h1><img alt="A square" src="packaged:s.svg">')
    assert _figures(read(render_pdf(html, resources={"s.svg": Resource("image/svg+xml", SVG)}))) == ["A square"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1/x",
        "https://partnership.example/",
        "ftp://partnership.example/",
        "data:text/plain,x",
        "//partnership.example/x",
        "/etc/passwd",
        "packaged:../../etc/passwd",
        "packaged:",
    ],
)
def test_fetches_nothing_but_what_is_packed(address):
    fetcher = PackagedOnly({"s.svg": Resource("image/svg+xml", SVG)})
    with pytest.raises(ValueError, match="packaged"):
        fetcher.fetch(address)
    assert fetcher("packaged:s.svg").read() == SVG


@pytest.fixture
def listener():
    """A web server on this machine that counts who comes."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


HOSTILE = [
    '<img alt="x" src="{0}">',
    '<base href="{0}/"><img alt="x" src="x.png">',
    '<link rel="stylesheet" href="{0}">',
    '<link rel="attachment" href="{0}" title="x">',
    '<a rel="attachment" href="{0}">x</a>',
    "<style>@import url({0});</style>",
    "<style>body {{ background: url({0}) }}</style>",
    "<style>@font-face {{ font-family: x; src: url({0}) }} p {{ font-family: x }}</style><p>x</p>",
    '<object data="{0}">x</object>',
    '<embed src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{0}" width="9" height="9"/></svg>',
    '<p style="content: url({0})">x</p>',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_html_reaches_neither_files_nor_the_network(hostile, tmp_path, listener):
    """Even HTML that should never get here, because text is escaped long before."""
    url, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    for address in (url, secret.as_uri()):
        content = render_pdf(page("<h1>T</h1>" + hostile.format(address)))
        reader = read(content)
        assert SECRET not in "".join(one.extract_text() for one in reader.pages)
        assert not reader.attachments
        assert SECRET.encode() not in content
    assert not asked


def test_a_packed_picture_cannot_fetch_either(tmp_path, listener):
    url, asked = listener
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{url}" width="9" height="9"/></svg>'
    )
    render_pdf(
        page('<h1>T</h1><img alt="x" src="packaged:s.svg">'),
        resources={"s.svg": Resource("image/svg+xml", svg.encode())},
    )
    assert not asked


def test_attributes_in_html_do_not_reach_the_layout():
    """presentational_hints stays off (CVE-2026-49452): a height of 9,000 would make several pages."""
    table = '<table><tr><td height="9000" bgcolor="red">x</td></tr></table>'
    assert len(read(render_pdf(page("<h1>T</h1>" + table))).pages) == 1


def test_a_refused_address_is_not_logged(caplog):
    render_pdf(page(f'<h1>T</h1><img alt="x" src="https://partnership.example/{SECRET.split()[0]}">'))
    ours = [record.getMessage() for record in caplog.records if record.name == "core.pdf"]
    assert ours == ["A document asked for a https address; it was refused."]


def test_an_archive_file_carries_the_marks_of_both_standards_and_its_data():
    made_at = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    enclosed = [Enclosed("figures.csv", "The figures", b"figure,value\n", made_at)]
    reader = read(render_pdf(page(), archive=True, enclosed=enclosed))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data()
    assert metadata.index(b"pdfaid:part") < metadata.index(b'pdfuaid:part="1"') < metadata.index(b"</rdf:RDF>")
    assert b'pdfaid:conformance="A"' in metadata
    assert metadata.count(b"<rdf:RDF") == 1
    assert reader.attachments == {"figures.csv": [b"figure,value\n"]}
    assert reader.trailer["/Root"]["/OutputIntents"]


def test_only_an_archive_file_encloses_others():
    with pytest.raises(PdfError, match="archive PDF only"):
        render_pdf(page(), enclosed=[Enclosed("a.csv", "", b"", datetime(2026, 11, 2, tzinfo=UTC))])
