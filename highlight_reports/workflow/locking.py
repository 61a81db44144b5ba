from highlight_reports.models import HighlightReport


def locked(report: HighlightReport) -> HighlightReport:
    """The row as it is now, held until the transaction ends. Its PDF and data come with it only when asked for."""
    found: HighlightReport = HighlightReport.objects.select_for_update().get(pk=report.pk)
    return found
