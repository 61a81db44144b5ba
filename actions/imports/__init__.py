"""Action logs as spreadsheets: which column is which, and what stands in them. Reads only; `workflow` imports."""

from actions.imports.columns import COLUMNS, Column, fingerprint, guess
from actions.imports.reading import Reading, read
from actions.imports.table import LogTable, load

__all__ = ["COLUMNS", "Column", "LogTable", "Reading", "fingerprint", "guess", "load", "read"]
