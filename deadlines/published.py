"""The GOV.UK list of bank holidays in England and Wales, as bundled with the package govuk-bank-holidays: offline."""

from datetime import date
from importlib.metadata import version

from govuk_bank_holidays.bank_holidays import BankHolidays

PACKAGE = "govuk-bank-holidays"


def holidays() -> dict[date, str]:
    """Every day in the bundled list; a substitute or extra day says so in its title."""
    rows = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return {row["date"]: _title(row["title"], row["notes"]) for row in rows}


def note() -> str:
    """Where the list comes from, with the package's version."""
    return f"GOV.UK list of bank holidays ({PACKAGE} {version(PACKAGE)})"


def _title(title: str, notes: str) -> str:
    return f"{title} ({notes[0].lower()}{notes[1:]})" if notes else title
