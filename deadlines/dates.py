"""Dates as people type them on a command line or in a table."""

import re
from datetime import date

from core.errors import WorkflowError


def iso_date(text: str) -> date:
    """A date in the form 2026-11-23. Raises WorkflowError with a sentence."""
    text = text.strip()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise WorkflowError(f"{text!r} is not a date: write it as year-month-day, like 2026-11-23.") from None
