"""Acceptance 2: a half-bad spreadsheet names each fault by row; confirming imports exactly the preview."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.utils.datetime import MAC_EPOCH

from chronology import imports, workflow
from chronology.choices import Seen
from chronology.imports.dates import read_date, read_time
from chronology.imports.faults import CellFaultError
from chronology.imports.sheets import load
from chronology.models import Preview, Row
from chronology.workflow.importing import digest_of
from core.errors import NotPermitted
from core.guard import workflow as step
from referrals.choices import Precision
from tests.chronology.factories import HEADINGS, TODAY, add, line, make_case, preview_of, xlsx

YEAR, MONTH, ABOUT, EXACT = Precision.YEAR, Precision.MONTH, Precision.ABOUT, Precision.EXACT


@pytest.fixture
def case(cast):
    return make_case(2)


def read(file, case, agency=None, **more):
    return imports.read(file, referral=case, agency=agency, today=TODAY, **more)


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("03/05/2020", date(2020, 5, 3), EXACT),
        ("3.5.2020", date(2020, 5, 3), EXACT),
        ("2020-05-03", date(2020, 5, 3), EXACT),
        ("3 May 2020", date(2020, 5, 3), EXACT),
        ("Sunday 3rd May 2020", date(2020, 5, 3), EXACT),
        ("3-Sept-2020", date(2020, 9, 3), EXACT),
        ("about 3 May 2020", date(2020, 5, 3), ABOUT),
        ("c. 03/05/2020", date(2020, 5, 3), ABOUT),
        ("March 2019", date(2019, 3, 1), MONTH),
        ("about March 2019", date(2019, 3, 1), MONTH),
        ("03/2019", date(2019, 3, 1), MONTH),
        ("2019", date(2019, 1, 1), YEAR),
        (2019, date(2019, 1, 1), YEAR),
        (date(2020, 5, 3), date(2020, 5, 3), EXACT),
        (datetime(2020, 5, 3), date(2020, 5, 3), EXACT),  # noqa: DTZ001 - a spreadsheet's dates have no zone
    ],
)
def test_dates_as_people_write_them(typed, day, precision):
    assert read_date(typed) == (day, precision, None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("05/13/2020", "no month 13"),
        ("31/02/2020", "not a real date"),
        ("03/05/20", "year of two numbers"),
        ("last summer", "not a date"),
        ("3 Brumaire 2020", "no month"),
        (43954, "number, not a date"),
        ("03/05/1020", "1020"),
        (True, "not a date"),
    ],
)
def test_dates_that_could_be_anything_are_faults(typed, words):
    with pytest.raises(CellFaultError, match=words):
        read_date(typed)


def test_a_date_number_is_explained_by_the_epoch_of_its_workbook():
    with pytest.raises(CellFaultError) as found:
        read_date(43954)
    assert "03/05/2020" in found.value.do
    with pytest.raises(CellFaultError) as found:
        read_date(42492, epoch=MAC_EPOCH)
    assert "03/05/2020" in found.value.do


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:30", time(14, 30)), ("2.30pm", time(14, 30)), ("2 pm", time(14)), ("1430hrs", time(14, 30)),
        ("12am", time(0)), (time(14, 30, 5), time(14, 30)), (0.5, time(12)), (None, None), (" ", None),
    ],
)  # fmt: skip
def test_times(typed, expected):
    assert read_time(typed) == expected


@pytest.mark.parametrize("typed", ["teatime", "25:00", "14:75", "14pm", "14"])
def test_times_that_are_none(typed):
    with pytest.raises(CellFaultError):
        read_time(typed)


def test_both_date_systems_of_excel(case):
    for epoch in (None, MAC_EPOCH):
        reading = read(xlsx([line(date(2020, 5, 3))], epoch=epoch), case)
        assert [row.happened_on for row in reading.rows] == ["2020-05-03"], reading.faults


def test_a_half_bad_file_names_every_fault_by_row(case):
    rows = [
        line("03/05/2020", "Good."),
        line("31/02/2020", "No such day."),
        line(None, "No date."),
        line("04/05/2020", None),
        line(),
        line("05/05/2020", "Wrong answer.", child_seen="perhaps"),
        line("06/05/2020", "Wrong child.", children="Child Z"),
        line("01/01/2099", "Future."),
        line("07/05/2020", "Two faults.", happened_time="teatime", child_seen="perhaps"),
        line("=TODAY()", "A formula."),
        line("08/05/2020", "Seen, but who?", child_seen="yes"),
        line("09/05/2020", "Good too.", children="Child A; Sorrel Invented"),
    ]
    reading = read(xlsx(rows), case)
    found = [(fault.row, fault.column) for fault in reading.faults]
    assert found == [
        (3, "Date"), (4, "Date"), (5, "Event"), (7, "Child seen?"), (8, "Children"), (9, "Date"), (10, "Time"),
        (10, "Child seen?"), (11, "Date"), (12, "Children"),
    ]  # fmt: skip
    assert all(fault.wrong and fault.do for fault in reading.faults)
    assert [(row.number, row.children) for row in reading.rows] == [(2, ()), (6, ()), (13, ())]
    assert reading.faulty_rows == 9


def test_missing_columns_are_named_and_nothing_is_read(case):
    reading = read(xlsx([["03/05/2020", "GP"]], headings=["Date", "Source"]), case)
    assert [(fault.row, fault.column) for fault in reading.faults] == [(1, "Event")]
    assert not reading.rows


def test_renamed_and_reordered_columns_are_understood(case):
    headings = [
        "What happened",
        "Colour of the folder",
        "Date of event (dd/mm/yyyy)",
        "Was the child seen?",
        "Which child",
    ]
    reading = read(xlsx([["Bruise.", "blue", "3 May 2020", "Y", "both"]], headings=headings), case)
    (row,) = reading.rows
    assert (row.event, row.happened_on, row.child_seen, row.children) == ("Bruise.", "2020-05-03", Seen.YES, ())
    assert any("Colour of the folder" in notice for notice in reading.notices)


def test_lines_above_the_headings_and_empty_lines_do_no_harm(case):
    rows = [[None] * 9, ["Inventshire Hospital", *[None] * 8], HEADINGS, [None] * 9, line("03/05/2020", "Good.")]
    reading = read(xlsx(rows, headings=["Chronology of the case"]), case)
    assert [(row.number, row.event) for row in reading.rows] == [(6, "Good.")]


def test_two_columns_for_one_thing_are_refused(case):
    reading = read(xlsx([line()], headings=["Date", "When", "Event"]), case)
    assert "Two columns" in reading.faults[0].wrong


def test_merged_cells_are_named(case):
    file = xlsx([line("03/05/2020", "One."), line(None, "Two.")], merge=["A2:A3"])
    (fault,) = read(file, case).faults
    assert (fault.row, fault.column) == (3, "Date")
    assert "merged" in fault.wrong


def test_a_formula_counts_by_its_kept_result(case, tmp_path):
    """openpyxl keeps no results; what Excel writes is a value beside the formula."""
    file = xlsx([line("03/05/2020", '=CONCATENATE("Seen")')])
    (fault,) = read(file, case).faults
    assert "formula" in fault.wrong
    file = with_result(file, "Seen at school")
    (row,) = read(file, case).rows
    assert row.event == "Seen at school"


def with_result(file: io.BytesIO, value: str) -> io.BytesIO:
    """The same workbook with the formula's result in it, as Excel saves it."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(
                    r'(<c r="D2")( t="\w+")?(><f>[^<]*</f>)(?:<v ?/>|<v></v>)',
                    rf'\1 t="str"\3<v>{value}</v>',
                    content.decode(),
                )
                assert value in text
                content = text.encode()
            new.writestr(name, content)
    out.seek(0)
    return out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_excel_writes_it(case, encoding, separator):
    text = separator.join(["Date", "Event", "Child seen?"]) + "\r\n"
    text += separator.join(["03/05/2020", "“Zoë” was seen\u2013at home", "No"]) + "\r\n\r\n"
    (row,) = read(csv_file(text, encoding), case).rows
    assert (row.event, row.child_seen) == ("“Zoë” was seen\u2013at home", "no")


def test_a_formula_in_csv_is_a_fault(case):
    (fault,) = read(csv_file("Date,Event\n03/05/2020,\"=cmd|' /C calc'!A0\"\n"), case).faults
    assert (fault.row, fault.column) == (2, "Event")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "not a spreadsheet"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02", "neither"),
        (b"Dear all,\nplease find attached", "No line with the headings"),
        (b"Date,Event\n", "no row below"),
    ],
)
def test_files_that_are_none_say_so(case, content, words):
    reading = read(io.BytesIO(content), case)
    assert not reading.rows
    assert words in reading.faults[0].wrong
    assert reading.faults[0].do


def test_a_file_that_is_too_large_says_how_large_it_may_be(case):
    reading = read(io.BytesIO(b"a" * (imports.MAX_BYTES + 1)), case)
    assert "5 MB" in reading.faults[0].wrong


def test_ten_thousand_rows_are_read_and_one_more_is_refused(case):
    text = "Date,Event\n" + "".join(f"03/05/2020,Event {n}\n" for n in range(10_000))
    reading = read(csv_file(text), case)
    assert (len(reading.rows), reading.faults) == (10_000, ())
    reading = read(csv_file(text + "04/05/2020,One more\n"), case)
    assert not reading.rows
    assert "10,000" in reading.faults[0].wrong


def test_no_more_cells_are_read_than_a_sheet_has(case):
    """Looking for the headings once made every sheet 60 columns wide, and reading it took twice the time."""
    table = load(xlsx([line("03/05/2020", f"Event {n}.") for n in range(30)]))
    assert {len(one.cells) for one in table.lines} == {len(HEADINGS)}


def test_a_sheet_that_goes_down_to_its_end_says_so(case):
    rows = [line("03/05/2020", "One.")]
    file = xlsx(rows)
    book = load_workbook(file)
    book.worksheets[0].cell(200_000, 1, "x")
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    reading = read(out, case)
    assert "200,000" in reading.faults[0].wrong
    assert not reading.rows


@pytest.mark.parametrize("template", [imports.xlsx_template, imports.csv_template])
def test_the_template_comes_back_and_its_example_is_left_out(case, template):
    reading = read(io.BytesIO(template()), case)
    assert not reading.rows
    assert not reading.faults
    assert any("example" in notice for notice in reading.notices)


def test_the_template_explains_itself():
    book = load_workbook(io.BytesIO(imports.xlsx_template()))
    assert book.sheetnames == ["Chronology", "Instructions"]
    said = " ".join(str(cell) for row in book["Instructions"].values for cell in row if cell)
    assert "10,000" in said
    assert all(column.heading in said for column in imports.COLUMNS)


def test_rows_that_are_there_already_are_left_out_and_named(case, cast):
    add(case, cast.agencies.police, date(2020, 5, 3), "Seen at  school.")
    file = [line("03/05/2020", "Seen at school."), line("04/05/2020", "New."), line("04/05/2020", "new.")]
    reading = read(xlsx(file), case, cast.agencies.police)
    assert [row.event for row in reading.rows] == ["New."]
    assert any("already" in notice for notice in reading.notices)
    assert any("Row 4 says the same as row 3" in notice for notice in reading.notices)


def test_confirming_imports_exactly_the_preview(case, cast):
    rows = [
        line("about 3 May 2020", "First.", happened_time="9:05", source="GP", who="Mother", children="Child B",
             child_seen="yes", response="None.", comment="-"),
        line("31/02/2020", "Bad."),
        line("March 2019", "Second."),
    ]  # fmt: skip
    preview = preview_of(xlsx(rows), case, cast.agencies.hospital, by=cast.member)
    assert not Row.objects.exists()
    shown = preview.rows
    count = workflow.import_rows(preview=preview, digest=preview.digest, by=cast.member, now=timezone.now())
    assert count == 2
    imported = [
        {
            "number": shown[n]["number"],
            "happened_on": row.happened_on.isoformat(),
            "happened_time": row.happened_time.strftime("%H:%M") if row.happened_time else "",
            "precision": row.precision, "source": row.source, "event": row.event, "who": row.who,
            "children": list(row.children.values_list("pk", flat=True)), "child_seen": row.child_seen,
            "response": row.response, "comment": row.comment,
        }
        for n, row in enumerate(Row.objects.order_by("pk"))
    ]  # fmt: skip
    assert imported == shown
    assert {row.agency for row in Row.objects.all()} == {cast.agencies.hospital}
    assert workflow.import_rows(preview=preview, digest=preview.digest, by=cast.member, now=timezone.now()) == 2
    assert Row.objects.count() == 2  # a double click


def refused(preview, person, **more):
    now = more.pop("now", timezone.now())
    with pytest.raises(workflow.StalePreviewError, match="nothing was imported") as error:
        workflow.import_rows(preview=preview, digest=more.get("digest", preview.digest), by=person, now=now)
    assert not Row.objects.filter(event="Mine.").exists()
    return str(error.value)


def test_a_stale_preview_is_refused_with_a_sentence(case, cast):
    police = cast.agencies.police
    preview = preview_of(xlsx([line("03/05/2020", "Mine.")]), case, police, by=cast.member)
    assert "older than a day" in refused(preview, cast.member, now=timezone.now() + timedelta(hours=25))
    assert "not the preview" in refused(preview, cast.member, digest="0" * 64)
    add(case, police, date(2020, 5, 3), "Theirs.")
    assert "was changed after" in refused(preview, cast.member)


def test_all_or_nothing(case, cast):
    """A row that became wrong between preview and confirmation takes the whole import with it."""
    preview = preview_of(xlsx([line("03/05/2020", "Mine."), line("04/05/2020", "x")]), case, None, by=cast.member)
    rows = [*preview.rows[:1], preview.rows[1] | {"event": ""}]
    step(lambda: Preview.objects.update(rows=rows, digest=digest_of(rows)))()
    preview.refresh_from_db()
    with pytest.raises(Exception, match="Say what happened"):
        workflow.import_rows(preview=preview, digest=preview.digest, by=cast.member, now=timezone.now())
    assert not Row.objects.exists()


def test_only_those_who_may_write_import(case, cast):
    preview = preview_of(xlsx([line("03/05/2020", "Mine.")]), case, None, by=cast.member)
    for person in (cast.scrutineer, cast.partner_la, cast.outsider, None):
        with pytest.raises(NotPermitted):
            workflow.import_rows(preview=preview, digest=preview.digest, by=person, now=timezone.now())
    assert not Row.objects.exists()


def test_a_contributor_imports_into_their_return_only(case, cast):
    kit = {"by": None, "by_label": "Kit Invented, Hospital", "now": timezone.now()}
    reading = read(xlsx([line("03/05/2020", "Mine.")]), case, cast.agencies.hospital)
    preview = workflow.keep_preview(
        reading=reading,
        referral=case,
        agency=cast.agencies.hospital,
        file_name="a.xlsx",
        source_key="return:1:v1",
        **kit,
    )
    workflow.import_rows(preview=preview, digest=preview.digest, release=False, **kit)
    (row,) = Row.objects.of_source("return:1:v1")
    assert (row.created_label, row.released_at) == ("Kit Invented, Hospital", None)


def test_previews_that_nobody_confirms_are_forgotten(case, cast):
    preview = preview_of(xlsx([line("03/05/2020", "Mine.")]), case, None, by=cast.member)
    assert workflow.forget_previews(now=timezone.now()) == 0
    assert workflow.forget_previews(now=timezone.now() + timedelta(hours=25)) == 1
    preview.refresh_from_db()
    assert (preview.rows, preview.file_name) == ([], "")
