from celery import shared_task
from django.utils import timezone

from documents import workflow


@shared_task
def scan_documents() -> None:
    """Scan what waits for the virus scanner."""
    workflow.scan_all(now=timezone.now())


@shared_task
def sweep_documents() -> None:
    """Remove files that a crash left behind."""
    workflow.sweep(now=timezone.now())
