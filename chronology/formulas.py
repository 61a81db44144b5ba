"""Text that a spreadsheet would take for a formula is kept from being one, in every file that leaves the system."""

from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> Any:
    """A text with an apostrophe before what starts a formula, which our import takes away again; all else as it is."""
    if isinstance(value, str) and value.startswith(STARTS):
        return f"'{value}"
    return value
