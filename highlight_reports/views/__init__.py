"""Pages of the highlight report, split by what a person comes to do."""

from highlight_reports.views.asking import answer, ask_add, ask_drop, link_answer, link_pdf
from highlight_reports.views.deciding import approve, render_again, send, send_back, submit
from highlight_reports.views.drafting import commentary, dates, discard, start
from highlight_reports.views.reading import detail, figure, pdf, progress, report_list, wider_pdf
from highlight_reports.views.withdrawing import correct, withdraw

__all__ = [
    "answer",
    "approve",
    "ask_add",
    "ask_drop",
    "commentary",
    "correct",
    "dates",
    "detail",
    "discard",
    "figure",
    "link_answer",
    "link_pdf",
    "pdf",
    "progress",
    "render_again",
    "report_list",
    "send",
    "send_back",
    "start",
    "submit",
    "wider_pdf",
    "withdraw",
]
