"""The template that agencies fill in: our columns with one invented example, and a sheet that explains them."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from chronology.choices import Seen
from chronology.imports.columns import COLUMNS
from chronology.imports.reading import EXAMPLE
from chronology.imports.sheets import MAX_BYTES, MAX_ROWS, OURS

EXAMPLE_ROW = {
    "happened_on": "about 3 May 2020",
    "happened_time": "14:30",
    "source": "School record (invented)",
    "event": f"{EXAMPLE} Invented Teacher saw Child A at school with a bruise. This row is left out when you upload.",
    "who": "Invented Teacher; mother",
    "children": "Child A",
    "child_seen": "Yes",
    "response": "Told the designated safeguarding lead.",
    "comment": "Good recording; no referral was made.",
}
_BLUE = PatternFill("solid", fgColor="12355B")


def xlsx_template() -> bytes:
    """The template as an Excel file. Dates may be typed as text: the date column has no date format."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = OURS
    _fill(sheet)
    _explain(book.create_sheet("Instructions"))
    book.properties.title, book.properties.creator = "Chronology template", "CSPR Panel"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet) -> None:
    sheet.append([column.heading for column in COLUMNS])
    sheet.append([EXAMPLE_ROW[column.name] for column in COLUMNS])
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        heading, example = sheet.cell(1, number), sheet.cell(2, number)
        heading.font, heading.fill = Font(bold=True, color="FFFFFF"), _BLUE
        example.font, example.alignment = Font(italic=True, color="505A5F"), Alignment(wrap_text=True, vertical="top")
        if column.name == "child_seen":
            answers = DataValidation(type="list", formula1='"' + ",".join(Seen.labels) + '"', allow_blank=True)
            answers.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{MAX_ROWS + 1}")
            sheet.add_data_validation(answers)
    sheet.freeze_panes = "A2"


def _explain(sheet: Worksheet) -> None:
    lines = [
        ("How to fill in the chronology", ""),
        (
            "One row for each event, in any order. Row 2 is an invented example: it is left out.",
            "",
        ),
        ("Use formulas nowhere, and do not merge cells.", ""),
        (f"At most {MAX_ROWS:,} rows and {MAX_BYTES // 1024 // 1024} MB in a file.", ""),
        ("After uploading you see what was read, and every fault by row, before anything is imported.", ""),
        ("", ""),
        ("Column", "What belongs in it"),
    ]
    lines += [(f"{column.heading}{' (required)' if column.required else ''}", column.about) for column in COLUMNS]
    for line in lines:
        sheet.append(line)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A7"].font = sheet["B7"].font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 100


def csv_template() -> bytes:
    """The same columns and example as CSV, in the encoding that Excel recognises."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([EXAMPLE_ROW[column.name] for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")
