"""The evidence bundle: what stands in it, on which page, and that a bad file breaks nothing."""

import hashlib
import io
import subprocess
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from chronology.workflow import mark_key_episode
from core.guard import workflow as guarded
from documents import storage
from documents import workflow as files_workflow
from documents.states import Status as DocumentStatus
from rapid_reviews import workflow
from rapid_reviews.bundles import papers
from rapid_reviews.choices import Criterion, Finding, Variant
from rapid_reviews.states import BundleStatus, Status
from tests.chronology.factories import add
from tests.documents import files
from tests.documents.conftest import folder  # noqa: F401 - a fixture
from tests.documents.factories import store
from tests.rapid_reviews.bundles import case, content, make, pages, reader, replace_file, unpacked
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TITLES = (
    "Contents",
    "Case sheet",
    "Agency returns",
    "Merged chronology",
    "Criteria, reasons and evidence",
    "Recommendation",
    "Decisions of the Safeguarding Partners",
    "Documents",
    "Files and their hashes",
)


def outline(pdf):
    """Title → page number from 1, of every bookmark."""
    found = {}

    def walk(items):
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                found[item.title] = pdf.get_destination_page_number(item) + 1

    walk(pdf.outline)
    return found


@pytest.fixture
def full(cast):
    made = case()
    return made, make(made.review)


def test_every_page_is_stamped_and_every_bookmark_leads_to_its_page(full):
    made, bundle = full
    assert bundle.status == BundleStatus.READY
    pdf, reference = reader(bundle), made.review.referral.reference
    texts = [page.extract_text() for page in pdf.pages]
    assert bundle.pages == len(texts)
    for number, text in enumerate(texts, 1):
        assert f"{reference} · page {number} of {len(texts)}" in text, number
    marks = outline(pdf)
    for title in TITLES:
        assert texts[marks[title] - 1].find(title) != -1, title
    for key, words in (("three", "First alpha"), ("turned", "Turned beta"), ("text", "Plain gamma words")):
        assert words in texts[marks[made.documents[key].name] - 1]
    assert marks[made.documents["turned"].name] == marks[made.documents["three"].name] + 3
    assert made.documents["word"].name not in marks


def test_the_contents_name_those_pages_and_lead_there(full):
    made, bundle = full
    pdf = reader(bundle)
    marks = outline(pdf)
    contents = pdf.pages[marks["Contents"] - 1]
    lines = [line.split() for line in contents.extract_text().splitlines()]
    for key in ("three", "turned", "picture", "text"):
        name = made.documents[key].name
        assert any(name in line and line[-1] == str(marks[name]) for line in lines), name
    assert any(line[:2] == ["Case", "sheet"] and line[-1] == str(marks["Case sheet"]) for line in lines)
    led = set()
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            note = note.get_object()
            assert "bundle:" not in str(note.get("/A", ""))
            if isinstance(note.get("/Dest"), list):
                led.add(pdf.get_page_number(note["/Dest"][0].get_object()) + 1)
    assert {marks[made.documents[key].name] for key in ("three", "turned", "picture", "text")} <= led


def test_it_says_everything_with_names(full):
    made, bundle = full
    text = " ".join(" ".join(page.extract_text() for page in reader(bundle).pages).split())
    assert f"{CHILD_NAME} was seen at school." in text
    assert f"We knew {SECRET} well." in text  # of the return
    assert "E2 Return of Inventshire Council, version 1" in text
    assert f"E3 Document {made.documents['turned'].name}" in text
    assert "Weighed by the" in text
    assert "a DOCX file is not turned into pages" in text


def test_the_hashes_are_those_of_the_files(full, tmp_path):
    made, bundle = full
    inside = unpacked(bundle)
    reference = made.review.referral.reference
    assert set(inside) == {
        f"{bundle.name}.pdf", f"{reference}-chronology.xlsx", "hashes.csv", "SHA256SUMS",
        *(f"documents/{document.filename}" for document in made.documents.values()),
    }  # fmt: skip
    for name, data in inside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    command = ["sha256sum", "-c", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert checked.stdout.count(": OK") == len(inside) - 1
    assert inside[f"{bundle.name}.pdf"] == content(bundle, "pdf")
    assert bundle.pdf_sha256 == hashlib.sha256(content(bundle, "pdf")).hexdigest()
    assert bundle.zip_sha256 == hashlib.sha256(content(bundle, "zip")).hexdigest()
    last = " ".join(reader(bundle).pages[-1].extract_text().split())
    for document in made.documents.values():
        assert document.sha256_stored in inside["hashes.csv"].decode()
        assert document.sha256_stored in last.replace(" ", "")


def test_properties_and_names_say_the_reference_only(full):
    made, bundle = full
    reference = made.review.referral.reference
    pdf = reader(bundle)
    assert (pdf.metadata.title, pdf.metadata.author) == (reference, reference)
    assert set(pdf.metadata) == {"/Title", "/Author"}
    for name in unpacked(bundle):
        assert CHILD_NAME.split()[0] not in name


def test_the_redacted_one_holds_no_name_and_only_marked_documents(cast):
    made = case()
    by, now = made.review.opened_by, timezone.now()
    replace_file(made.documents["text"], f"{CHILD_NAME} has not been taken out here.".encode())
    for key in ("three", "turned"):
        document = made.documents[key]
        workflow.mark_safe_copy(review=made.review, document=document, reason="All pages read.", by=by, now=now)
    workflow.unmark_safe_copy(review=made.review, document=made.documents["turned"], by=by, now=now)
    bundle = make(made.review, Variant.REDACTED)
    text = " ".join(" ".join(page.extract_text() for page in reader(bundle).pages).split())
    assert "Child A was seen at school." in text
    assert "First alpha" in text
    assert text.count("Withheld: not redacted.") == 4
    assert f"We knew {SECRET} well." not in text
    assert "Statement about" not in text  # descriptions of documents
    for hidden in (CHILD_NAME, "Turned beta", "04 May 2018", "4 May 2018"):
        assert hidden not in text
    inside = unpacked(bundle)
    assert [name for name in inside if name.startswith("documents/")] == [
        f"documents/{made.documents['three'].filename}"
    ]
    assert made.documents["turned"].sha256_stored not in inside["hashes.csv"].decode()
    assert all(CHILD_NAME.encode() not in data for data in inside.values())


def test_a_bad_document_is_listed_with_the_reason(cast):
    review = rapid_review_at(Status.OPENED)
    bad = {name: store(review.referral, files.pdf(name)) for name in ("locked", "broken", "empty", "changed", "gone")}
    good = store(review.referral, pages(["Good epsilon"]))
    replace_file(bad["locked"], files.pdf("locked", encryption=files.pikepdf.Encryption(user="u", owner="o")))
    replace_file(bad["broken"], b"%PDF-1.7\n1 0 obj <<\nnot a PDF at all")
    replace_file(bad["empty"], b"")
    storage.delete(bad["changed"].key)
    storage.save(bad["changed"].key, b"%PDF somebody else's")
    storage.delete(bad["gone"].key)
    bundle = make(review)
    assert bundle.status == BundleStatus.READY
    texts = [page.extract_text() for page in reader(bundle).pages]
    text = " ".join(" ".join(texts).split())
    for words in ("protected by a password", "It is damaged", "the file is empty", "the hash differs",
                  "missing from the store"):  # fmt: skip
        assert words in text
    assert "Good epsilon" in texts[outline(reader(bundle))[good.name] - 1]
    enclosed = {name for name in unpacked(bundle) if name.startswith("documents/")}
    assert enclosed == {f"documents/{one.filename}" for one in (bad["locked"], bad["broken"], bad["empty"], good)}


def test_scripts_links_and_forms_of_a_document_stay_behind(cast):
    review = rapid_review_at(Status.OPENED)
    action = {"S": files.pikepdf.Name.JavaScript, "JS": "app.alert(1)"}
    hostile = store(review.referral, pages(["Hostile zeta"]))
    replace_file(hostile, pages(["Hostile zeta"], AA=files.pikepdf.Dictionary(O=files.pikepdf.Dictionary(**action))))
    data = content(make(review), "pdf")
    with files.pikepdf.open(files.io.BytesIO(data)) as pdf:
        assert not any("/JS" in thing for thing in pdf.objects if isinstance(thing, files.pikepdf.Dictionary))


def test_an_empty_case_makes_a_bundle_too(cast):
    review = rapid_review_at(Status.OPENED)
    text = " ".join(" ".join(page.extract_text() for page in reader(make(review)).pages).split())
    for words in ("No agency was asked.", "There is no finding yet.", "has not recorded its recommendation",
                  "The case has no documents in use."):  # fmt: skip
        assert words in text


def test_withdrawn_documents_are_left_out_and_waiting_ones_named(cast):
    review = rapid_review_at(Status.OPENED)
    by, now = review.opened_by, timezone.now()
    gone, waits = store(review.referral, pages(["Gone eta"])), store(review.referral, pages(["Waiting theta"]))
    files_workflow.withdraw(document=gone, reason="Not ours.", by=by, now=now)
    guarded(type(waits).objects.filter(pk=waits.pk).update)(status=DocumentStatus.WAITING, scan="waiting")
    text = " ".join(" ".join(page.extract_text() for page in reader(make(review)).pages).split())
    assert "It waits for the virus scan and is left out." in text
    for hidden in (gone.name, "Gone eta", "Waiting theta"):
        assert hidden not in text


def test_a_long_chronology_gives_its_key_episodes_and_the_whole_spreadsheet(cast, monkeypatch):
    monkeypatch.setattr(papers, "MOST_ROWS", 2)
    review = rapid_review_at(Status.DRAFTING)
    rows = [add(review.referral, None, date(2024, 5, day), f"Event number {day}.") for day in (1, 2, 3)]
    mark_key_episode(row=rows[1], title="The turning point", by=review.opened_by, now=timezone.now())
    link = {"criterion": Criterion.IMPROVEMENTS, "by": review.opened_by, "now": timezone.now()}
    workflow.link_evidence(review=review, things=rows[:2], **link)
    answers = {Criterion.IMPROVEMENTS: (Finding.MET, "Two events.")}
    workflow.answer_criteria(review=review, answers=answers, by=review.opened_by, now=timezone.now())
    bundle = make(review)
    text = " ".join(" ".join(page.extract_text() for page in reader(bundle).pages).split())
    assert "3 rows are too many for these pages" in text
    assert "The turning point. Event number 2." in text
    assert "Event number 3." not in text
    sheet = load_workbook(io.BytesIO(unpacked(bundle)[f"{review.referral.reference}-chronology.xlsx"])).worksheets[0]
    assert {f"Event number {day}." for day in (1, 2, 3)} <= {cell.value for row in sheet.rows for cell in row}
