from celery import shared_task
from django.utils import timezone

from publications import workflow
from publications.addresses import look


@shared_task
def sweep_publications() -> None:
    """Look at the addresses that are due, and end the years that are over. Run by beat; twice at once does no harm."""
    now = timezone.now()
    workflow.end_the_year(now=now)
    for watched in workflow.due_addresses(now):
        workflow.record_answer(watched=watched, answer=look(watched.address), now=timezone.now())
