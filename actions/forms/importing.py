"""Uploading a log, and saying which of its columns is which."""

from typing import Any

from django import forms

from actions.imports import COLUMNS, LogTable
from core.forms import Form
from referrals.forms.base import text

NOT_READ = ""


class UploadForm(Form):
    submit = "Go on"
    file = forms.FileField(
        label="Spreadsheet", allow_empty_file=True,
        help_text="XLSX or CSV, up to 5 MB and 2,000 actions. Nothing is imported before you have seen what was read.",
        error_messages={"required": "Choose a spreadsheet"},
    )  # fmt: skip


class ColumnsForm(Form):
    """One field for each column of the file, with the first thing that stands in it; and where the rest comes from."""

    submit = "Check the rows"

    def __init__(self, *args: Any, table: LogTable, columns: dict[str, int], rest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        choices = [(NOT_READ, "Not read"), *((c.name, c.heading) for c in COLUMNS if c.reads)]
        named = {position: name for name, position in columns.items()}
        for position, heading in enumerate(table.headings):
            sample = table.sample(position)
            if heading or sample:
                self.fields[f"column_{position}"] = forms.ChoiceField(
                    choices=choices, required=False, initial=named.get(position, NOT_READ),
                    label=heading or f"Column {position + 1}, without a heading",
                    help_text=f"For example: {sample}" if sample else "Empty",
                )  # fmt: skip
        self.fields["rest"] = text(
            "Where do rows come from that name no source?",
            "A review, such as “SAR 14”, or a meeting with its date, such as “Panel meeting, 12 March 2026”.",
        )
        self.fields["rest"].initial = rest

    def columns(self) -> dict[str, int]:
        return {
            str(value): int(name.removeprefix("column_"))
            for name, value in self.cleaned_data.items()
            if name.startswith("column_") and value
        }

    def clean(self) -> None:
        named: dict[str, str] = {}
        for name, value in list(self.cleaned_data.items()):
            if name.startswith("column_") and value:
                if value in named:
                    self.add_error(name, f"“{self.fields[named[value]].label}” is this column already")
                named[value] = name
        missing = [column for column in COLUMNS if column.required and column.name not in named]
        for column in missing:
            self.add_error(None, f"Say which column of the file is “{column.heading}”")
