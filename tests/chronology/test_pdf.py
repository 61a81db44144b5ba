"""The PDF of a chronology: tagged, titled, nameless, and of a size that somebody reads."""

import subprocess
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from audit.models import Event
from chronology import workflow
from tests.cast import sign_in
from tests.chronology.factories import add, make_case
from tests.highlight_reports.test_report_pdf import validator

HOSTILE = '<img src="file:///etc/passwd"><script>alert(1)</script> {{ settings.SECRET_KEY }}'


@pytest.fixture
def case(cast):
    referral = make_case(2)
    row = add(referral, cast.agencies.police, date(2025, 3, 3), f"Rowan was seen. {HOSTILE}", who="Sorrel")
    add(referral, cast.agencies.hospital, date(2025, 5, 3), "Then the hospital.")
    workflow.mark_key_episode(row=row, title="Turning point", by=cast.member, now=timezone.now())
    return referral


def download(case, person, query=""):
    response = sign_in(person).get(reverse("chronology:export", args=[case.reference, "pdf"]) + query)
    assert response["Content-Type"] == "application/pdf"
    return response


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_it_is_tagged_titled_and_without_names(case, cast):
    response = download(case, cast.member)
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}-chronology.pdf"'
    reader = PdfReader(BytesIO(response.content))
    assert reader.metadata.title == f"Chronology of {case.reference}"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    said = text_of(response.content)
    for words in ("Child A was seen.", "Key practice episode: Turning point", "No agency saw Child A for 61 days",
                  "may still hold names", "OFFICIAL-SENSITIVE", "<script>"):  # fmt: skip
        assert words in said
    assert "Rowan" not in said
    assert "Sorrel" not in said
    assert "by pseudonym" in Event.objects.get(verb="chronology.exported").sentence


def test_names_only_by_right_and_on_request(case, cast):
    assert "Rowan was seen." in text_of(download(case, cast.member, "?names=1").content)
    assert "Rowan" not in text_of(download(case, cast.scrutineer, "?names=1").content)


def test_its_filter_is_told_without_what_was_typed(case, cast):
    said = text_of(download(case, cast.member, f"?names=1&q=Rowan&agency={cast.agencies.police.pk}").content)
    assert "Filtered: words filtered; agency: Police." in said
    assert "Then the hospital." not in said


@pytest.mark.skipif(validator() is None, reason="PDF/UA-1 is validated by veraPDF: see test_report_pdf.py.")
def test_it_complies_with_pdf_ua_1(case, cast, tmp_path):
    file = tmp_path / "chronology.pdf"
    file.write_bytes(download(case, cast.member).content)
    done = subprocess.run([validator(), file], capture_output=True, text=True, timeout=300)
    if done.returncode == 2:
        pytest.skip(f"The validator could not be set up here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
