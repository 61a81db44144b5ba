from celery import shared_task
from django.utils import timezone

from chronology import workflow


@shared_task
def refresh_findings(pk: int) -> None:
    """Compute the findings of one case anew."""
    workflow.refresh_stale(pk=pk, now=timezone.now())


@shared_task
def sweep_chronologies() -> None:
    """Find the chronologies whose task was lost, and forget previews that nobody confirmed."""
    workflow.sweep(now=timezone.now())
