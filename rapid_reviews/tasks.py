from celery import shared_task
from django.utils import timezone

from rapid_reviews import workflow


@shared_task
def make_report(pk: int) -> None:
    """Make the PDF and the Word file of one rapid review report."""
    workflow.render(pk=pk, now=timezone.now())


@shared_task
def sweep_reports() -> None:
    """Find the reports whose task was lost or whose worker died."""
    workflow.sweep(now=timezone.now())
