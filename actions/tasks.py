from celery import shared_task
from django.utils import timezone

from actions import workflow


@shared_task
def sweep_actions() -> None:
    """Remind, escalate, and forget uploads that nobody confirmed. Run by beat; twice at once does no harm."""
    now = timezone.now()
    workflow.sweep(now=now)
    workflow.forget_previews(now=now)
