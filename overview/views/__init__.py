"""The pages that gather what the other rooms know. They change no case."""

from overview.views.assurance import assurance, assurance_csv
from overview.views.board import board
from overview.views.calendar import calendar_feed, calendar_settings
from overview.views.case import case
from overview.views.forecast import forecast
from overview.views.home import home
from overview.views.search import find
from overview.views.see_as import choose, see_as
from overview.views.statement import accessibility

__all__ = [
    "accessibility",
    "assurance",
    "assurance_csv",
    "board",
    "calendar_feed",
    "calendar_settings",
    "case",
    "choose",
    "find",
    "forecast",
    "home",
    "see_as",
]
