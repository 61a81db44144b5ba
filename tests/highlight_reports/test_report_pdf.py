"""The PDF of a whole report: structure by pypdf, PDF/UA-1 by veraPDF where that is at hand."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from highlight_reports import render
from highlight_reports.assemble import BUILDERS, assemble
from highlight_reports.choices import SectionCode
from highlight_reports.wider import wider
from rapid_reviews.states import Status as ReviewStatus
from referrals.states import Status as CaseStatus
from tests.highlight_reports.factories import make_draft, write
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, referral_at

pytestmark = pytest.mark.django_db
MADE_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = '<img src="file:///etc/passwd"><script>alert(1)</script> {{ settings.SECRET_KEY }} & co'


@pytest.fixture
def data(cast):
    """Cases at every status, commentary with markup in it."""
    for status in ReviewStatus:
        rapid_review_at(status)
    for status in (CaseStatus.RECORDED, CaseStatus.REDIRECTED, CaseStatus.NOT_MET, CaseStatus.PANEL_CONSIDERATION):
        referral_at(status)
    report = make_draft()
    write(report, f"First paragraph.\n\nSecond: {HOSTILE}")
    return assemble(report, as_at=report.period_to)


@pytest.fixture
def content(data):
    return render.pdf(data, made_at=MADE_AT)


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def structure(reader):
    """(tag, alternative text) of every element, in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt")))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_is_proper(data, content):
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title.startswith("SSCP CSPR Panel highlight report, Executive meeting of ")
    assert len(content) < 2_000_000
    outline = reader.outline
    assert outline[0].title == "CSPR Panel highlight report"
    assert [one.title for one in outline[1]] == [code.label for code in SectionCode if code in BUILDERS]


def test_every_page_is_marked_and_numbered(content):
    reader = PdfReader(BytesIO(content))
    total = len(reader.pages)
    assert total >= 3
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE") == 2  # header and footer
        assert "Solihull Safeguarding Children Partnership" in text
        assert f"Page {number} of {total}" in text


def test_charts_have_alternative_text_and_tables_have_headers(content):
    tags = structure(PdfReader(BytesIO(content)))
    figures = [alt for tag, alt in tags if tag == "/Figure"]
    assert len(figures) == 2  # no action and no theme in these cases
    assert all(alt.startswith("Bar chart. ") for alt in figures)
    names = [tag for tag, _ in tags]
    assert names.count("/Table") >= 8
    assert names.count("/H1") == 1
    assert {"/H2", "/H3", "/TH", "/TD", "/L", "/LI", "/P"} <= set(names)


def test_says_what_the_dict_says_in_its_order(data, content):
    text = " ".join(text_of(PdfReader(BytesIO(content))).replace("\u00a0", " ").split())
    place = text.index(f"Report {data['reference']}")
    for section in data["sections"]:
        place = text.index(f" {section['title']} ", place)  # fails where it does not come after the one before
        for paragraph in section["paragraphs"]:
            assert " ".join(paragraph.split()) in text
        for table in section["tables"]:
            for row in table["rows"]:
                assert row["cells"][0].replace("\u00a0", " ") in text


def test_hostile_commentary_is_text(content):
    reader = PdfReader(BytesIO(content))
    text = " ".join(text_of(reader).split())
    assert HOSTILE in text
    assert settings.SECRET_KEY not in text
    assert set(reader.attachments) == {"figures.csv", "report.json"}
    assert b"/JavaScript" not in content
    assert "root:" not in text


def test_no_name_in_text_structure_or_metadata(content):
    reader = PdfReader(BytesIO(content))
    everything = "\n".join(
        [
            text_of(reader),
            str(structure(reader)),
            str(dict(reader.metadata)),
            reader.trailer["/Root"]["/Metadata"].get_data().decode(),
        ]
    )
    assert "CSPR-" in everything
    for part in [*CHILD_NAME.split(), SECRET, "4 May 2018"]:
        assert part not in everything


def test_fonts_are_embedded(content):
    reader = PdfReader(BytesIO(content))
    fonts = {name: font.get_object() for page in reader.pages for name, font in page["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "Liberation" in font["/BaseFont"] or "DejaVu" in font["/BaseFont"]


def test_page_and_pdf_speak_of_the_same(cast, sign_in, data):
    """The HTML twin: the same dict, the same order."""
    page = sign_in(cast.business_manager).get(f"/highlight-reports/{data['reference']}/").content.decode()
    places = [page.index(f'id="{code}"') for code in SectionCode if code in BUILDERS]
    assert places == sorted(places)
    for section in data["sections"]:
        for table in section["tables"]:
            assert table["caption"] in page
            for row in table["rows"]:
                assert row["case"] in page
    assert page.count("data:image/svg+xml;base64,") == 2


def validator():
    """The veraPDF command: PDFUA_CHECK, or the team's tool beside the project. None without a JDK."""
    named = os.environ.get("PDFUA_CHECK")
    found = Path(named) if named else settings.BASE_DIR.parent / "shared" / "tools" / "pdfua-check" / "pdfua-check"
    return found if found.is_file() and shutil.which("javac") else None


@pytest.mark.skipif(
    validator() is None,
    reason="PDF/UA-1 is validated by veraPDF: install a JDK (javac) and name the validator's command in PDFUA_CHECK.",
)
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_complies_with_both_standards_at_once(content, data, tmp_path, flavour):
    """PDF/UA-1 for the reader, PDF/A-3a for the archive: the report, and the one for wider circulation."""
    files = [tmp_path / "report.pdf", tmp_path / "wider.pdf"]
    for file, made in zip(files, (content, render.pdf(wider(data), made_at=MADE_AT)), strict=True):
        file.write_bytes(made)
    done = subprocess.run([validator(), "--flavour", flavour, *files], capture_output=True, text=True, timeout=300)
    if done.returncode == 2:
        pytest.skip(f"The validator could not be set up here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(f"{flavour} compliant") == 2
