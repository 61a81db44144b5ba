"""A log in, a log out. Acceptance 2 of the issue, and what can be wrong in one cell."""

import io
import re
from datetime import date, datetime, time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from actions import exports, imports, workflow
from actions.choices import Rag
from actions.imports import values
from actions.models import Action, ImportPreview
from actions.states import Status
from actions.workflow.importing import StalePreviewError
from chronology.imports.faults import CellFaultError, FileFaultError
from core.errors import NotPermitted
from tests.actions.factories import action_at, case_origin
from tests.actions.logs import FAULTY, workbook
from tests.cast import sign_in
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def midnight(year: int, month: int, day: int) -> datetime:
    """As a spreadsheet has a date."""
    return datetime.combine(date(year, month, day), time())


def sheet_of(rows, **properties) -> bytes:
    book = Workbook()
    for name, value in properties.items():
        setattr(book, name, value)
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take_in(content: bytes, by, *, name="log.xlsx", rest="") -> ImportPreview:
    """Upload, columns as guessed, rows read."""
    table = imports.load(SimpleUploadedFile(name, content))
    kept = workflow.keep_upload(table=table, file_name=name, by=by, now=NOW)
    return workflow.name_columns(preview=kept, columns=kept.columns, rest=rest, by=by, now=NOW)


def rows_of(content: bytes) -> list[tuple]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_a_log_of_400_rows_and_back(cast, django_assert_max_num_queries):
    """Mapped by its merged headings, previewed with every fault by row, imported, exported, and the same again."""
    browser = sign_in(cast.business_manager)
    file = SimpleUploadedFile("log.xlsx", workbook(400))
    columns = browser.post(reverse("actions:import"), {"file": file}, follow=True)
    assert "Target date" in columns.content.decode()
    kept = ImportPreview.objects.get()
    guessed = {f"column_{position}": name for name, position in kept.columns.items()}
    assert set(guessed.values()) >= {"text", "owner", "due_on", "rag", "progress", "ended_on", "lead", "source"}
    shown = browser.post(columns.redirect_chain[-1][0], guessed, follow=True).content.decode()
    kept.refresh_from_db()
    assert (kept.count, kept.faulty_count) == (396, 4)
    faults = {fault["row"]: fault for fault in kept.faults}
    for number, (_, _, said) in FAULTY.items():
        fault = faults[5 + number + (number - 1) // 50]  # five lines of headings, an empty line after each 50 rows
        assert said in fault["wrong"]
        assert f"Row {fault['row']}" in shown
    assert not Action.objects.exists()
    digest = re.search(r'name="digest" value="(\w+)"', shown)[1]
    browser.post(reverse("actions:import-preview", args=[kept.key]), {"digest": digest})
    assert Action.objects.count() == 396
    browser.post(reverse("actions:import-preview", args=[kept.key]), {"digest": digest})  # a double click
    assert Action.objects.count() == 396

    out = browser.get(reverse("actions:export", args=["xlsx"]) + "?order=reference").content
    before = rows_of(out)
    assert len(before) == 397
    with django_assert_max_num_queries(20):
        exports.xlsx(Action.objects.order_by("reference"), timezone.localdate())
    forget_everything()
    again = take_in(out, cast.business_manager)
    assert (again.count, again.faults) == (396, [])
    workflow.import_log(preview=again, digest=again.digest, by=cast.business_manager, now=NOW)
    after = rows_of(exports.xlsx(Action.objects.order_by("reference"), timezone.localdate())[0])
    assert after == before


def forget_everything():
    """Another installation, as far as the log goes."""
    with connection.cursor() as cursor:  # raw: no workflow function removes an action
        for table in ("progressnote", "evidence", "otheragency", "action"):
            cursor.execute(f"DELETE FROM actions_{table}")


def test_what_stands_in_a_log_is_read_as_meant(cast):
    rows = [
        ["Ref", "Source", "Action", "Agency", "Due", "Status", "RAG", "Lead", "Lead email"],
        ["A/1", "Panel meeting 3/2/2026", "One", "Police; Schools", midnight(2049, 3, 1), "Ongoing", "Amber", "", ""],
        ["A/2", "LCSPR X", "Two", "council", "31/12/49", "Open", "Green", "Sol", "sol.sample@agency.example"],
        ["A/3", "SAR 14", "Three", "ICB", "1 March 2026", "Completed", "Blue", "Pat", "pat@elsewhere.example"],
        ["A/4", "Audit", "Four", "Hospital", "", "Closed", "", "", ""],
        ["A/1", "Audit", "Five", "Hospital", "1/3/2049", "", "", "", ""],
        ["", "", "", "", "", "", "", "", ""],
        ["A/6", "Audit", "two", "Council", "1/3/2049", "", "", "", ""],
    ]
    kept = take_in(sheet_of(rows), cast.business_manager)
    assert kept.faults == []
    assert [notice for notice in kept.notices if "left out" in notice] == [
        "Row 6 is the same action as row 2: left out.",
        "Row 8 is the same action as row 3: left out.",
    ]
    workflow.import_log(preview=kept, digest=kept.digest, by=cast.business_manager, now=NOW)
    one, two, three, four = Action.objects.order_by("reference")
    assert (one.source, one.meeting, one.meeting_on) == ("meeting", "Panel meeting", date(2026, 2, 3))
    assert (one.kind, one.owner.short_name, [str(a.short_name) for a in one.others.all()]) == (
        "multi",
        "Police",
        ["Schools"],
    )
    assert (one.rag_override, one.rag_override_reason) == (Rag.AMBER, "As in the imported log")
    assert (two.source, two.lead, two.due_on, two.rag_override) == (
        "practice_review",
        cast.second_member,
        date(2049, 12, 31),
        "",
    )
    assert (three.status, three.lead, three.lead_name) == (Status.CLAIMED, None, "Pat")  # blue only with evidence seen
    assert (four.status, four.closed_how, four.due_on) == (Status.CLOSED, "earlier", None)


def test_slippage_is_not_hidden_by_a_green_word(cast):
    rows = [["Source", "Action", "Agency", "Due", "RAG"], ["SAR", "One", "ICB", "1/3/2020", "Green"]]
    kept = take_in(sheet_of(rows), cast.business_manager)
    assert kept.rows[0]["rag_override"] == ""
    assert "Row 2 is green in the file; by its date it is red." in kept.notices


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (midnight(2026, 3, 12), date(2026, 3, 12)),
        ("12/3/26", date(2026, 3, 12)),
        ("12.03.2026", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("March 2026", date(2026, 3, 31)),
        ("February 2028", date(2028, 2, 29)),
        ("end of June 2026", date(2026, 6, 30)),
        ("by 12 March 2026", date(2026, 3, 12)),
    ],
)
def test_dates_that_can_be_read(typed, read):
    assert values.day(typed, WINDOWS_EPOCH)[0] == read


@pytest.mark.parametrize(
    "typed", ["end of Q2", "ongoing", "ASAP", "TBC", "3/13/2026", "31/2/2026", "2026", "about May 2026x", 46000]
)
def test_dates_that_are_named_as_faults(typed):
    with pytest.raises(CellFaultError):
        values.day(typed, WINDOWS_EPOCH)


def test_a_workbook_that_counts_from_1904(cast):
    day = midnight(2030, 5, 6)
    rows = [["Source", "Action", "Agency", "Due"], ["SAR", "One", "ICB", day]]
    kept = take_in(sheet_of(rows, epoch=CALENDAR_MAC_1904), cast.business_manager)
    assert kept.rows[0]["due_on"] == "2030-05-06"


def test_a_formula_goes_neither_in_nor_out(cast):
    rows = "Source,Action,Agency,Due\nSAR,=1+1,ICB,1/3/2049\nSAR,'=1+1 as text,ICB,1/3/2049\n"
    kept = take_in(rows.encode(), cast.business_manager, name="log.csv")
    assert [fault["wrong"] for fault in kept.faults] == ["This is a formula."]
    workflow.import_log(preview=kept, digest=kept.digest, by=cast.business_manager, now=NOW)
    assert Action.objects.get().text == "=1+1 as text"
    browser = sign_in(cast.business_manager)
    for kind in ("xlsx", "csv"):
        content = browser.get(reverse("actions:export", args=[kind])).content
        cell = rows_of(content)[1] if kind == "xlsx" else content.decode("utf-8-sig").splitlines()[1].split(",")
        assert "'=1+1 as text" in cell


def test_all_of_what_was_shown_or_nothing(cast):
    """Another preview than the one shown, a log that changed meanwhile, somebody else's upload."""
    rows = [["Source", "Action", "Agency", "Due"], ["SAR", "One", "ICB", "1/3/2049"]]
    kept = take_in(sheet_of(rows), cast.business_manager)
    with pytest.raises(StalePreviewError):
        workflow.import_log(preview=kept, digest="0" * 64, by=cast.business_manager, now=NOW)
    with pytest.raises(NotPermitted):
        workflow.import_log(preview=kept, digest=kept.digest, by=cast.member, now=NOW)
    with pytest.raises(ImportPreview.DoesNotExist):
        workflow.import_log(preview=kept, digest=kept.digest, by=cast.chair, now=NOW)
    action_at(Status.OPEN)
    with pytest.raises(StalePreviewError):
        workflow.import_log(preview=kept, digest=kept.digest, by=cast.business_manager, now=NOW)
    assert Action.objects.count() == 1


def test_doubles_of_the_log_are_named_and_columns_remembered(cast):
    action = action_at(Status.OPEN)
    with pytest.raises(FileFaultError):
        imports.load(SimpleUploadedFile("log.xlsx", sheet_of([["x", "y"], ["1", "2"]])))
    content = sheet_of([["Action", "Whose", "Due", "Agency"], [action.text.upper(), "", "1/3/2049", "Schools"]])
    kept = take_in(content, cast.business_manager, rest="SAR 14")
    assert kept.notices == [f"Row 2 stands in the log already as {action.reference}: left out."]
    again = workflow.keep_upload(
        table=imports.load(SimpleUploadedFile("b.xlsx", content)), file_name="b.xlsx", by=cast.chair, now=NOW
    )
    assert (again.columns, again.rest) == (kept.columns, "SAR 14")


def test_an_import_does_not_reach_behind_a_wall(cast):
    origin = case_origin()
    reference = origin.referral.reference
    wall_off(origin.referral, cast.chair)
    rows = [["Source", "Action", "Agency", "Due"], [f"RR {reference}", "One", "ICB", "1/3/2049"]]
    refused = take_in(sheet_of(rows), cast.chair)
    assert refused.faults[0]["wrong"] == f"You see no case {reference}."
    kept = take_in(sheet_of(rows), cast.business_manager)
    workflow.import_log(preview=kept, digest=kept.digest, by=cast.business_manager, now=NOW)
    assert Action.objects.get().rapid_review == origin.rapid_review
    assert not Action.objects.visible_to(cast.chair).exists()
