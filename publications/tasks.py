from celery import shared_task
from django.utils import timezone

from publications import workflow
from publications.addresses import look
from publications.workflow import disclosure


@shared_task
def sweep_publications() -> None:
    """Look at the addresses that are due, and end the years that are over. Run by beat; twice at once does no harm."""
    now = timezone.now()
    workflow.end_the_year(now=now)
    for watched in workflow.due_addresses(now):
        workflow.record_answer(watched=watched, answer=look(watched.address), now=timezone.now())


@shared_task
def make_disclosure_check(pk: int) -> None:
    """Make one disclosure check."""
    disclosure.make(pk=pk, now=timezone.now())


@shared_task
def sweep_disclosure_checks() -> None:
    """Find the checks whose task was lost or whose worker died."""
    disclosure.sweep(now=timezone.now())
