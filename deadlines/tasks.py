from celery import shared_task
from django.utils import timezone

from deadlines.sweep import sweep


@shared_task
def sweep_deadlines() -> None:
    """Remind people of what comes due. Run by beat every settings.SWEEP_SECONDS; twice at once does no harm."""
    sweep(now=timezone.now())
