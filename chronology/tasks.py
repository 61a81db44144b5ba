from celery import shared_task
from django.utils import timezone

from chronology import workflow


@shared_task
def refresh_findings(pk: int) -> None:
    """Compute the findings of one case anew."""
    workflow.refresh_stale(pk=pk, now=timezone.now())


@shared_task
def make_export(pk: int) -> None:
    """Make the next part of a long PDF; the part wakes the next one."""
    workflow.make_export_part(pk=pk, now=timezone.now())


@shared_task
def sweep_chronologies() -> None:
    """Find the chronologies and PDFs whose task was lost; forget previews that nobody confirmed, and old PDFs."""
    workflow.sweep(now=timezone.now())
    workflow.sweep_exports(now=timezone.now())
