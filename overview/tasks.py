from celery import shared_task
from django.utils import timezone

from overview import workflow


@shared_task
def send_digests() -> None:
    """Make the morning mails that are due and missing."""
    workflow.send_digests(now=timezone.now())


@shared_task
def index_search() -> None:
    """Read new documents, then index what changed."""
    workflow.read_documents(now=timezone.now())
    workflow.index_stale(now=timezone.now())
