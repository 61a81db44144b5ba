"""The report: what the dict says in which order, names only in the full one, PDF/UA and a proper Word file."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx.oxml.ns import qn
from pypdf import PdfReader

from core.errors import NotPermitted
from panel.models import Partnership
from panel.roles import StatutoryRole
from rapid_reviews import tasks, workflow
from rapid_reviews.choices import (
    PARTNERS,
    Answer,
    Criterion,
    Naming,
    Outcome,
    ProceedingKind,
    ReportState,
    SectionKey,
    View,
)
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview, ReviewReport, Theme
from rapid_reviews.report import pdf, word
from rapid_reviews.report.assemble import assemble, fingerprint
from rapid_reviews.report.chapters import CHAPTERS
from rapid_reviews.states import IssueStatus, Status
from rapid_reviews.workflow import reports
from tests.highlight_reports.test_report_pdf import structure, validator
from tests.rapid_reviews.factories import (
    answer_all,
    circulated,
    decide_all,
    draft,
    key_episode,
    rapid_review_at,
    shared_learning,
    write_sections,
)
from tests.rapid_reviews.issues import issue_at
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = pytest.mark.django_db
HOSTILE = '<img src="file:///etc/passwd"><script>alert(1)</script> {{ settings.SECRET_KEY }} & co'
FULL, PSEUDONYMISED = Naming.FULL, Naming.PSEUDONYMISED


def decided(cast, **facts) -> RapidReview:
    """Everything there is, with hostile text and a child's name in it; dissent in an earlier round."""
    review = rapid_review_at(Status.RECOMMENDED, **facts)
    decide_all(review, views={"la": "disagree"})
    workflow.reopen_recommendation(review=review, reason="The partners differ.", by=cast.chair, now=timezone.now())
    draft(review)
    workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())
    write_sections(review)
    section = review.sections.get(key=SectionKey.FACTS)
    workflow.save_section(
        review=review, key=SectionKey.FACTS, text=f"Rowan was seen.\n\nSecond: {HOSTILE}", is_complete=True,
        version=section.version, by=cast.member, now=timezone.now(),
    )  # fmt: skip
    decide_all(review)
    return RapidReview.objects.get(pk=review.pk)


def dict_of(review, naming=PSEUDONYMISED, *, is_draft=False):
    return assemble(contents_of(review), naming=naming, is_draft=is_draft, as_at=timezone.localdate())


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def words_of(content: bytes) -> str:
    made = docx.Document(BytesIO(content))
    cells = [cell.text for grid in made.tables for row in grid.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def make(review, cast, naming=PSEUDONYMISED) -> ReviewReport:
    report = workflow.make_report(review=review, naming=naming, by=cast.business_manager, now=timezone.now())
    tasks.make_report(report.pk)
    report.refresh_from_db()
    return report


def test_the_chapters_stand_in_the_order_of_the_guidance_and_say_everything(cast):
    data = dict_of(decided(cast))
    assert [chapter["code"] for chapter in data["chapters"]] == [code for code, _, _ in CHAPTERS]
    said = str(data)
    for words in (
        "Age at the incident", "Improvements needed", "Met", "Two agencies worked apart", "Does not apply",
        "Local child safeguarding practice review", "Quorate: all three", "Weighed by the Police.", "Disagree",
        "The partners differ.", "Rapid review", "working days after", "Milestone",
    ):  # fmt: skip
        assert words in said, words


def test_names_stand_in_the_full_one_only(cast):
    review = decided(cast)
    full, pseudonymised = str(dict_of(review, FULL)), str(dict_of(review))
    assert "Rowan was seen." in full
    assert CHILD_NAME in full
    assert cast.chair.name in full
    assert "Child A was seen." in pseudonymised
    assert "must be read" not in full
    assert "Read every page before it goes out." in pseudonymised
    for name in (*CHILD_NAME.split()[:1], "Date of birth", cast.chair.name, cast.partner_la.name):
        assert name not in pseudonymised, name


def test_the_fingerprint_follows_what_is_said_and_nothing_else(cast):
    review = decided(cast)
    before = dict_of(review)
    assert fingerprint(before) == fingerprint(before | {"as_at": "2030-01-01"})
    assert fingerprint(before) != fingerprint(dict_of(review, FULL))
    section = review.sections.get(key=SectionKey.VOICE)
    workflow.save_section(
        review=review, key=SectionKey.VOICE, child=section.child, text="Changed.", is_complete=True,
        version=section.version, by=cast.member, now=timezone.now(),
    )  # fmt: skip
    assert fingerprint(before) != fingerprint(dict_of(review))


def test_an_empty_review_has_a_report_too(cast):
    data = dict_of(rapid_review_at(Status.OPENED), is_draft=True)
    assert "earlier" not in [chapter["code"] for chapter in data["chapters"]]
    assert "Nothing is written here yet." in str(data)
    assert "DRAFT" in text_of(pdf.pdf(data))


def test_the_pdf_is_tagged_and_hostile_text_is_text(cast):
    content = pdf.pdf(dict_of(decided(cast), is_draft=True))
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"].value, root["/Lang"]) == (True, "en-GB")
    assert reader.metadata.author == Partnership.current().name
    assert CHILD_NAME not in str(dict(reader.metadata))
    names = [tag for tag, _ in structure(reader)]
    assert names.count("/H1") == 1
    assert {"/H2", "/H3", "/TH", "/TD", "/Table"} <= set(names)
    for number, page in enumerate(reader.pages, 1):
        said = page.extract_text()
        assert said.count("OFFICIAL-SENSITIVE") == 2
        assert "DRAFT" in said
        assert f"Page {number} of {len(reader.pages)}" in said
    said = text_of(content)
    assert HOSTILE in said
    assert "Draft: this is not agreed and must not be sent." in said
    assert "Rowan" not in said


def test_what_may_be_sent_does_not_say_draft(cast):
    review = decided(cast)
    for said in (text_of(pdf.pdf(dict_of(review))), words_of(word.word(dict_of(review)))):
        assert "DRAFT" not in said
        assert "must not be sent" not in said


def test_the_word_file_has_headings_header_rows_a_language_and_no_persons(cast):
    data = dict_of(decided(cast), is_draft=True)
    content = word.word(data)
    made = docx.Document(BytesIO(content))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings == [chapter["title"] for chapter in data["chapters"]]
    assert len(made.tables) >= 8
    assert all(grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for grid in made.tables)
    about = made.core_properties
    assert (about.author, about.last_modified_by) == (Partnership.current().name,) * 2
    assert about.title == f"{data['title']} (draft)"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles, head = archive.read("word/styles.xml").decode(), archive.read("word/header1.xml").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    assert '<w:lang w:val="en-GB"/>' in styles
    assert "DRAFT: not agreed" in head
    assert HOSTILE in words_of(content)
    assert "Rowan" not in everything
    assert all(person.name not in everything for person in (cast.chair, cast.business_manager, cast.partner_icb))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine.")
def test_the_word_file_opens_in_libreoffice_and_converts(cast, tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(word.word(dict_of(decided(cast))))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    said = text_of((tmp_path / "report.pdf").read_bytes())
    assert "Child A was seen." in said
    assert "Dates and how they were reached" in said


@pytest.mark.skipif(validator() is None, reason="PDF/UA-1 is validated by veraPDF: see highlight_reports.")
def test_it_complies_with_pdf_ua_1(cast, tmp_path):
    review = decided(cast)
    for number, data in enumerate([dict_of(review, FULL), dict_of(review, is_draft=True)]):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(pdf.pdf(data))
        done = subprocess.run([validator(), file], capture_output=True, text=True, timeout=300)
        if done.returncode == 2:
            pytest.skip(f"The validator could not be set up here: {done.stderr.strip()}")
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_worker_makes_both_files_and_the_newer_replaces_the_older(cast):
    review = rapid_review_at(Status.DRAFTING)
    first = make(review, cast)
    assert (first.state, first.is_draft, first.attempts) == (ReportState.READY, True, 1)
    assert first.bytes_of("pdf").startswith(b"%PDF")
    assert first.bytes_of("docx").startswith(b"PK")
    tasks.make_report(first.pk)  # delivered twice
    again = workflow.make_report(review=review, naming=PSEUDONYMISED, by=cast.chair, now=timezone.now())
    assert again == first, "nothing changed: the same report"
    write_sections(review)
    second = make(review, cast)
    assert list(ReviewReport.objects.all()) == [second]


def test_the_sweep_finds_what_was_missed_and_gives_up_in_the_end(cast, monkeypatch):
    woken = []
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda app, name, args, **more: woken.append((name, *args)))
    now = timezone.now()
    report = workflow.make_report(
        review=rapid_review_at(Status.DRAFTING), naming=PSEUDONYMISED, by=cast.chair, now=now
    )  # fmt: skip
    tasks.sweep_reports()
    assert woken == [("rapid_reviews.tasks.make_report", report.pk)]
    assert tasks.make_report.name == woken[0][0]
    for _ in range(reports.MAX_ATTEMPTS + 1):
        reports.begin_attempt(pk=report.pk, now=now)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    tasks.sweep_reports()
    assert len(woken) == 1


def test_names_need_the_right(cast):
    review = rapid_review_at(Status.DRAFTING)
    with pytest.raises(NotPermitted):
        workflow.make_report(review=review, naming=PSEUDONYMISED, by=cast.partner_la, now=timezone.now())
    assert make(review, cast, FULL).naming == FULL


def test_pages_make_show_and_give_the_files(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client, where = sign_in(cast.member), [review.referral.reference]
    page = reverse("rapid_reviews:review-report", args=where)
    assert "What is made now is a draft" in client.get(page).content.decode()
    for _ in range(2):  # a double click
        assert client.post(page, {"naming": "full"}).status_code == 302
    report = ReviewReport.objects.get()
    assert client.get(reverse("rapid_reviews:report-progress", args=where)).json() == {"rendering": True}
    tasks.make_report(report.pk)
    shown = client.get(page).content.decode()
    assert "Full, with names: draft" in " ".join(shown.split())
    assert "Out of date" not in shown
    write_sections(review)
    assert "Out of date" in client.get(page).content.decode()
    for form in ("pdf", "docx"):
        address = reverse("rapid_reviews:report-download", args=[*where, report.pk, form])
        response = client.get(address)
        name = f"{review.referral.reference}-rapid-review-full-draft.{form}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.content == report.__class__.objects.get(pk=report.pk).bytes_of(form)
        assert sign_in(cast.partner_la).get(address).status_code == 403, "no right to names"
    assert "Full, with names" not in sign_in(cast.scrutineer).get(page).content.decode()


def full_of_lines(cast) -> RapidReview:
    """Lines of every kind, a recommendation by circulation, and partners who differed and then agreed."""
    now = timezone.now()
    review = rapid_review_at(Status.DRAFTING)
    row = key_episode(review)
    told = dict.fromkeys(("happened", "expected", "why"), f"Said of {SECRET}.") | {"teaches": "Knock twice."}
    workflow.analyse_episode(review=review, row=row, answers=told, version=0, by=cast.member, now=now)
    key_episode(review, "A second one", day=5)
    shared_learning(review)
    workflow.save_proceeding(
        review=review, uuid=uuid4(), kind=ProceedingKind.INQUEST, contact="Coroner’s officer Imaginary",
        state="Opened and adjourned", effect="No publication before it ends.", version=0, by=cast.member, now=now,
    )  # fmt: skip
    issue_at(IssueStatus.ANSWERED, cast.agencies.schools, review)
    issue_at(IssueStatus.WITHDRAWN, cast.agencies.hospital, review, concern="Raised in error")
    workflow.link_evidence(review=review, criterion=Criterion.THEMES, things=[row], by=cast.member, now=now)
    themes = list(Theme.objects.order_by("pk")[:1])
    workflow.set_themes(review=review, themes=themes, by=cast.member, now=now)
    circulated(review=review)
    answer_all(review, answers={cast.member.pk: Answer.DISAGREE})
    workflow.record_recommendation(review=review, by=cast.chair, now=now)
    decide_all(review, views={StatutoryRole.POLICE: View.DISAGREE})
    workflow.resolve_difference(
        review=review, outcome=Outcome.LCSPR, reasons="Agreed after all.", agreed_on=timezone.localdate(now),
        leads=dict.fromkeys(PARTNERS, "Lee Imaginary"), by=cast.chair, now=now,
    )  # fmt: skip
    write_sections(review)
    return RapidReview.objects.get(pk=review.pk)


def test_every_line_of_the_review_is_in_its_report(cast):
    review = full_of_lines(cast)
    both = {naming: str(dict_of(review, naming)) for naming in (FULL, PSEUDONYMISED)}
    (theme,) = contents_of(review).themes
    for told in both.values():
        for text in (
            "A visit that did not happen", "Knock twice.", "A second one", "Not written yet",
            "How immediate learning is shared", "Health visitors", "Inquest", "Opened and adjourned",
            "Safeguarding issues raised to agencies", "E1, chronology, 3 March 2025", theme.name,
            "Key lines of enquiry",
            "Answers by circulation", "Disagree", "Resolved by the lead partners", "Agreed after all.",
        ):  # fmt: skip
            assert text in told, text
        assert "Raised in error" not in told
    for name in ("Coroner’s officer Imaginary", "Lee Imaginary", cast.member.name):
        assert name in both[FULL], name
        assert name not in both[PSEUDONYMISED], name
    assert "A visit that did not happen" in text_of(pdf.pdf(dict_of(review)))
    assert "A visit that did not happen" in words_of(word.word(dict_of(review)))


def test_a_review_with_many_lines_is_read_in_as_many_queries(cast):
    review = full_of_lines(cast)
    dict_of(review)  # fills caches that live longer
    with CaptureQueriesContext(connection) as few:
        dict_of(review)
    for day in (7, 9, 11):
        key_episode(review, f"Episode of the {day}th", day=day)
        shared_learning(review)
    with CaptureQueriesContext(connection) as many:
        dict_of(review)
    assert len(many) == len(few)
