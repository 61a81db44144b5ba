"""What this app keeps: ledgers of mornings and looks, calendars' addresses, and what the search is made from."""

from overview.models.looks import HomeLook
from overview.models.mornings import CalendarFeed, Digest
from overview.models.search import DocumentText, SearchEntry, SearchSubject

__all__ = ["CalendarFeed", "Digest", "DocumentText", "HomeLook", "SearchEntry", "SearchSubject"]
