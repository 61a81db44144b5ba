"""Spreadsheets of chronology rows: the template, and reading what comes back. Reads only; `workflow` imports."""

from chronology.imports.columns import COLUMNS
from chronology.imports.faults import Fault, FileFaultError, Reading, ReadRow
from chronology.imports.reading import read
from chronology.imports.sheets import MAX_BYTES, MAX_ROWS
from chronology.imports.template import csv_template, xlsx_template

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "MAX_ROWS",
    "Fault",
    "FileFaultError",
    "ReadRow",
    "Reading",
    "csv_template",
    "read",
    "xlsx_template",
]
