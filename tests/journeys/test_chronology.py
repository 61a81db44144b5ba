"""Import a half-bad spreadsheet, see its faults, confirm, filter, switch names, export: in the browser."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload

from chronology.models import Row
from tests.chronology.factories import line, make_case, xlsx
from tests.journeys.steps import choose, fill, follow, pick, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def spreadsheet(rows) -> FilePayload:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "rows.xlsx", "mimeType": mime, "buffer": xlsx(rows).getvalue()}


def test_import_preview_confirm_filter_export(site):
    case = make_case(2, by=site.cast.business_manager)
    page = site.open(site.cast.member)
    chronology = f"/cases/{case.reference}/chronology/"
    page.goto(f"/cases/{case.reference}/")
    follow(page, "Chronology", exact=True)
    site.eyes.look(page, "Chronology, empty")
    press(page, "Import a spreadsheet")
    site.eyes.look(page, "Chronology, import")
    press(page, "Check the file")
    site.eyes.look(page, "Chronology, import without a file")
    pick(page, agency="Inventshire Hospital Trust")
    rows = [line("03/05/2025", "Rowan was seen at the clinic.", child_seen="yes", children="Child A")]
    rows += [line("31/02/2025", "No such day."), line("10/08/2025", "Seen again.", child_seen="yes", children="all")]
    page.set_input_files("input[name=file]", spreadsheet(rows))
    press(page, "Check the file")
    site.eyes.look(page, "Chronology, preview")
    assert "Row 3" in page.locator("main").inner_text()
    assert Row.objects.count() == 0
    press(page, "Import 2 rows, leave out 1")
    assert "2 rows imported" in page.locator("main").inner_text()
    assert "Child A was seen at the clinic." in page.locator("main").inner_text()
    assert "No agency saw Child A for 99 days" in page.locator("main").inner_text()
    site.eyes.look(page, "Chronology, imported")
    add_a_row(site, page)
    page.goto(chronology)
    page.locator("summary", has_text="Filter").click()
    pick(page, agency="Hospital")
    fill(page, q="clinic")
    press(page, "Show")
    assert page.locator(".app-chron__row").count() == 1
    site.eyes.look(page, "Chronology, filtered")
    follow(page, "Show names")
    assert "Rowan was seen at the clinic." in page.locator("main").inner_text()
    follow(page, "Show pseudonyms")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Spreadsheet (XLSX)").click()
    content = io.BytesIO(downloading.value.path().read_bytes())
    said = [cell for row in load_workbook(content).worksheets[0].values for cell in row]
    assert "Child A was seen at the clinic." in said
    for name, address in {"findings": "findings/", "picture": "picture/", "gap length": "gap-length/"}.items():
        page.goto(chronology + address)
        site.eyes.look(page, f"Chronology, {name}")
    assert site.eyes.faults == []


def add_a_row(site, page):
    press(page, "Add a row")
    fill(page, when="last summer", event="Told the Panel.")
    choose(page, child_seen="not_applicable")
    press(page, "Save row")
    site.eyes.look(page, "Chronology, a date that is none")
    assert page.locator("[name=event]").input_value() == "Told the Panel."
    fill(page, when="about 3 June 2025")
    press(page, "Save row")
    assert "about 3 June 2025" in page.locator("main").inner_text()
    page.locator("a:has-text('Mark as key practice episode')").first.click()
    site.eyes.look(page, "Chronology, key practice episode")
    fill(page, title="Turning point")
    press(page, "Mark as key practice episode")
    assert "Turning point" in page.locator("main").inner_text()
