"""A realistic action log as partnerships keep it: title rows, merged headings, mixed dates, words as RAG."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone
from openpyxl import Workbook

AGENCIES = ("Council", "Police", "Schools", "Inventshire Hospital Trust", "ICB")
FAULTY = {
    37: ("due", "end of Q2", "“end of Q2”"),
    91: ("agency", "Nowhere Trust", "“Nowhere Trust”"),
    205: ("due", "ongoing", "“ongoing”"),
    333: ("action", "=HYPERLINK(1)", "formula"),
}


def headings(sheet) -> None:
    """Lines 1 to 5: a title over all columns, an empty line, groups merged over columns, and the headings below."""
    sheet["A1"] = "Inventshire CSPR sub-group: action log (OFFICIAL-SENSITIVE)"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "Updated by the business manager before each meeting"
    groups = ["No.", "Source", "Recommendation", "Action", "Responsibility", "", "Timescale", "", "Progress", "", ""]
    below = [
        "",
        "",
        "",
        "",
        "Lead Agency",
        "Lead Officer",
        "Target date",
        "Date completed",
        "RAG rating",
        "Update",
        "Evidence",
    ]
    sheet.append([])
    for number, (group, name) in enumerate(zip(groups, below, strict=True), 1):
        sheet.cell(4, number, group or None)
        sheet.cell(5, number, name or None)
    for letter in "ABCD":
        sheet.merge_cells(f"{letter}4:{letter}5")
    for area in ("E4:F4", "G4:H4", "I4:K4"):
        sheet.merge_cells(area)


def due(number: int, day: date):
    """The same kind of day, written in turn as people write it."""
    return (
        datetime.combine(day, time()),
        f"{day.day}/{day.month}/{day:%y}",
        f"{day:%B %Y}",
        f"{day:%d %B %Y}",
        f"by {day:%d.%m.%Y}",
    )[number % 5]


def rag(number: int) -> str:
    return ("Green", "AMBER", "Red - overdue", "Blue (complete)", "green")[number % 5]


def workbook(rows: int = 400) -> bytes:
    """`rows` actions with an empty line now and then; those in FAULTY have a fault each."""
    book = Workbook()
    sheet = book.worksheets[0]
    headings(sheet)
    today = timezone.localdate()
    at = 6
    for number in range(1, rows + 1):
        day = today + timedelta(days=(number * 7) % 300 - 60)
        cells = {
            "no": number,
            "source": ("Rapid review Child K", "Panel meeting, 12 March 2026", "LCSPR Child B", "SAR 14")[number % 4],
            "recommendation": f"Recommendation {number // 3}",
            "action": f"Do the thing number {number}, and say so.",
            "agency": AGENCIES[number % 5] if number % 7 else "Police / Schools",
            "lead": f"Officer {number}" if number % 3 else None,
            "due": due(number, day),
            "done": today - timedelta(days=number % 20) if number % 5 == 3 else None,
            "rag": rag(number),
            "update": f"Said in meeting {number}.\nMore to come." if number % 2 else "-see minutes",
            "evidence": "https://evidence.example/a" if number % 5 == 3 else None,
        }
        if number in FAULTY:
            name, value, _ = FAULTY[number]
            cells[name] = value
        for column, value in enumerate(cells.values(), 1):
            sheet.cell(at, column, value)
        at += 1 if number % 50 else 2
    out = BytesIO()
    book.save(out)
    return out.getvalue()
