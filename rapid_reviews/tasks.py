from celery import shared_task
from django.utils import timezone

from rapid_reviews import workflow


@shared_task
def sweep_circulations() -> None:
    """Close circulations that are over and remind who has not answered. Run by beat; twice at once does no harm."""
    workflow.sweep_circulations(now=timezone.now())
