from celery import shared_task
from django.utils import timezone

from publications.workflow import disclosure


@shared_task
def make_disclosure_check(pk: int) -> None:
    """Make one disclosure check."""
    disclosure.make(pk=pk, now=timezone.now())


@shared_task
def sweep_disclosure_checks() -> None:
    """Find the checks whose task was lost or whose worker died."""
    disclosure.sweep(now=timezone.now())
