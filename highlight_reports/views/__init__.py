"""Pages of the highlight report, split by what a person comes to do."""

from highlight_reports.views.deciding import approve, render_again, send, send_back, submit
from highlight_reports.views.drafting import commentary, dates, discard, start
from highlight_reports.views.reading import detail, pdf, progress, report_list

__all__ = [
    "approve",
    "commentary",
    "dates",
    "detail",
    "discard",
    "pdf",
    "progress",
    "render_again",
    "report_list",
    "send",
    "send_back",
    "start",
    "submit",
]
