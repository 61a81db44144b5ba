from highlight_reports.models.asking import Answer, Ask, Asked
from highlight_reports.models.practice import ExecutiveMeeting, ReportPractice
from highlight_reports.models.report import Commentary, HighlightReport, RenderedPdf

__all__ = [
    "Answer",
    "Ask",
    "Asked",
    "Commentary",
    "ExecutiveMeeting",
    "HighlightReport",
    "RenderedPdf",
    "ReportPractice",
]
