from celery import shared_task
from django.utils import timezone

from highlight_reports import workflow


@shared_task
def render_report(pk: int) -> None:
    """Make the PDFs of one approved report."""
    workflow.render(pk=pk, now=timezone.now())


@shared_task
def sweep_reports() -> None:
    """Find the reports whose task was lost or whose worker died."""
    workflow.sweep(now=timezone.now())


@shared_task
def prepare_reports() -> None:
    """Build the drafts that are due, and remind who has not answered. Twice at once does no harm."""
    now = timezone.now()
    workflow.prepare_drafts(now=now)
    workflow.chase_answers(now=now)
