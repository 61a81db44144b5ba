from celery import shared_task
from django.utils import timezone

from meetings.workflow import packs


@shared_task
def make_pack(pk: int) -> None:
    """Make the papers of one meeting for one reader."""
    packs.make(pk=pk, now=timezone.now())


@shared_task
def sweep_packs() -> None:
    """Find the papers whose task was lost, and those that a new wall has closed. Twice at once does no harm."""
    packs.sweep(now=timezone.now())
