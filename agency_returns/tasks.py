from celery import shared_task
from django.utils import timezone

from agency_returns import workflow


@shared_task
def chase_returns() -> None:
    """Remind agencies, and close what belongs to cases that have ended. Run by beat; twice at once does no harm."""
    now = timezone.now()
    workflow.close_ended(now=now)
    workflow.chase(now=now)
