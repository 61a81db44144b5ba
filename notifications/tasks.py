from celery import shared_task
from django.utils import timezone

from notifications import workflow


@shared_task
def send_message(pk: int) -> None:
    """Send one mail of the outbox."""
    workflow.deliver(pk=pk, now=timezone.now())


@shared_task
def sweep_outbox() -> None:
    """Find what was missed."""
    workflow.sweep(now=timezone.now())
