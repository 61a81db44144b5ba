from celery import shared_task
from django.utils import timezone

from practice_reviews import workflow


@shared_task
def sweep_reviews() -> None:
    """Remind agencies of single-agency reviews and escalate them. Run by beat; twice at once does no harm."""
    workflow.sweep(now=timezone.now())
