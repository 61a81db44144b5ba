"""A PDF of a long chronology: asked for, made in parts by a task, downloaded by who asked, removed after a day."""

import subprocess
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from audit.models import Event
from chronology import exports, long_pdf, workflow
from chronology.models import Export, ExportPart, Row
from chronology.states import ExportStatus
from core.errors import NotPermitted
from panel.models import Membership
from tests.cast import sign_in
from tests.chronology.factories import add, make_case
from tests.highlight_reports.test_report_pdf import validator
from tests.referrals.factories import wall_off

NOW = timezone.now()


@pytest.fixture
def case(cast, monkeypatch):
    """Five rows; "long" is lowered to more than two, and a part to two."""
    monkeypatch.setattr(exports, "PDF_AT_ONCE", 2)
    monkeypatch.setattr(long_pdf, "ROWS", 2)
    referral = make_case(1)
    for n in range(5):
        agency = cast.agencies.police if n < 4 else cast.agencies.hospital
        add(referral, agency, date(2025, 1, 1) + timedelta(days=n), f"Event {n}: Rowan was visited.")
    return referral


def ask(case, person, query=""):
    """By the pages: the link, then the button."""
    client = sign_in(person)
    new = client.get(reverse("chronology:export", args=[case.reference, "pdf"]) + query).headers["Location"]
    assert client.get(new).status_code == 200
    where = client.post(new).headers["Location"]
    return client, where, Export.objects.latest("pk")


def make(export):
    """All that the task does, delivery by delivery; how many there were."""
    count = 1
    while workflow.make_export_part(pk=export.pk, now=timezone.now()):
        count += 1
    export.refresh_from_db()
    return count


def test_it_comes_out_whole_with_tags_bookmarks_and_page_numbers(case, cast, tmp_path):
    client, where, export = ask(case, cast.member)
    page = client.get(where).content.decode()
    assert "The PDF is being made" in page
    assert client.get(where + "progress/").json() == {"making": True, "percent": 0}
    assert client.get(where + "file/").status_code == 302
    assert make(export) == 5  # cover, three parts, the whole
    assert (export.status, export.rows_done) == (ExportStatus.READY, 5)
    assert not ExportPart.objects.exists()
    assert "Download the PDF" in client.get(where).content.decode()
    response = client.get(where + "file/")
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}-chronology.pdf"'
    reader = PdfReader(BytesIO(response.content))
    texts = [" ".join(one.extract_text().split()) for one in reader.pages]
    assert export.pages == len(texts)
    assert f"5 rows on {len(texts)} pages" in texts[0]
    for number, text in enumerate(texts, 1):
        assert f"Page {number}" in text
        assert f"Chronology of {case.reference}" in text
    said = " ".join(texts)
    assert [n for n in range(5) if said.count(f"Event {n}: Child A was visited.") == 1] == [0, 1, 2, 3, 4]
    assert "Rowan" not in said
    assert [one.title for one in reader.outline if not isinstance(one, list)][1:] == [
        "Rows 1 to 2", "Rows 3 to 4", "Rows 5 to 5"
    ]  # fmt: skip
    assert reader.metadata.title == f"Chronology of {case.reference}"
    told = [
        event.sentence for event in Event.objects.about(case.reference).filter(verb__startswith="chronology.export")
    ]
    assert len(told) == 2
    assert all("5 rows, by pseudonym" in sentence for sentence in told)
    if validator() is not None:
        file = tmp_path / "chronology.pdf"
        file.write_bytes(response.content)
        done = subprocess.run([validator(), file], capture_output=True, text=True, timeout=300)
        assert done.returncode in (0, 2), done.stdout + done.stderr  # 2: the validator could not be set up here


def test_the_filter_and_names_are_those_of_the_page(case, cast):
    _, _, export = ask(case, cast.member, f"?names=1&agency={cast.agencies.police.pk}&start=2025")
    make(export)
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(export.content))).pages)
    assert "Rowan was visited" in said
    assert "Event 3" in said
    assert "Event 4" not in said
    _, _, plain = ask(case, cast.scrutineer, "?names=1")
    assert not plain.with_names
    with pytest.raises(NotPermitted):
        workflow.ask_export(referral=case, filters={}, rows=5, with_names=True, by=cast.scrutineer, now=NOW)


def test_what_a_person_may_see_is_asked_again(case, cast):
    client, where, export = ask(case, cast.member, "?names=1")
    make(export)
    assert sign_in(cast.chair).get(where + "file/").status_code == 404  # not theirs
    wall_off(case, cast.member)
    for address in (where, where + "progress/", where + "file/"):
        assert client.get(address).status_code == 404
    assert not Event.objects.filter(verb="chronology.exported").exists()


def test_names_are_not_downloaded_by_who_lost_the_right_to_see_them(case, cast):
    client, where, export = ask(case, cast.member, "?names=1")
    make(export)
    Membership.objects.filter(user=cast.member).update(role=Membership.objects.get(user=cast.scrutineer).role)
    assert client.get(where + "file/").status_code == 403
    assert not Event.objects.filter(verb="chronology.exported").exists()


def test_nothing_is_made_for_who_is_walled_off_meanwhile(case, cast):
    _, _, export = ask(case, cast.member)
    workflow.make_export_part(pk=export.pk, now=NOW)
    wall_off(case, cast.member)
    assert make(export) == 1
    assert (export.status, export.content, export.filters) == (ExportStatus.REMOVED, None, {})
    assert not ExportPart.objects.exists()


def test_rows_that_change_meanwhile_begin_it_again(case, cast):
    _, _, export = ask(case, cast.member)
    for _ in range(2):
        workflow.make_export_part(pk=export.pk, now=NOW)
    row = Row.objects.in_order().first()
    workflow.withdraw_row(row=row, reason="Wrong case.", by=cast.member, now=NOW)
    make(export)
    assert (export.begun_again, export.rows_done) == (1, 4)
    assert "Event 0" not in " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(export.content))).pages)


def test_asking_twice_is_quiet(case, cast):
    _, first, _ = ask(case, cast.member)
    _, again, _ = ask(case, cast.member)
    _, named, _ = ask(case, cast.member, "?names=1")
    assert first == again != named


def test_it_gives_up_and_is_tried_again(case, cast, monkeypatch):
    client, where, export = ask(case, cast.member)
    with monkeypatch.context() as broken:
        broken.setattr(long_pdf, "next_part", None)
        make(export)
    assert (export.status, export.attempts) == (ExportStatus.FAILED, 3)
    assert "Make the PDF again" in client.get(where).content.decode()
    client.post(where)
    make(export)
    assert export.status == ExportStatus.READY


def test_the_sweep_wakes_what_was_lost_and_removes_what_is_old(
    case, cast, monkeypatch, django_capture_on_commit_callbacks
):
    _, _, lost = ask(case, cast.member)
    _, _, made = ask(case, cast.chair, "?q=Rowan&names=1")
    make(made)
    woken = []
    monkeypatch.setattr("chronology.tasks.make_export.delay", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.sweep_exports(now=timezone.now() + timedelta(minutes=5)) == 0
    assert woken == [lost.pk]
    assert workflow.sweep_exports(now=timezone.now() + timedelta(hours=25)) == 2
    made.refresh_from_db()
    assert (made.status, made.content, made.filters) == (ExportStatus.REMOVED, None, {})
    assert workflow.sweep_exports(now=timezone.now() + timedelta(hours=26)) == 0


def test_a_short_chronology_still_comes_at_once(case, cast):
    query = f"?agency={cast.agencies.hospital.pk}"
    response = sign_in(cast.member).get(reverse("chronology:export", args=[case.reference, "pdf"]) + query)
    assert response["Content-Type"] == "application/pdf"
    assert not Export.objects.exists()
