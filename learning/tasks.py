from celery import shared_task
from django.utils import timezone

from learning import workflow


@shared_task
def sweep_learning() -> None:
    """Remind readers, agencies and the business manager. Run by beat; twice at once does no harm."""
    workflow.sweep(now=timezone.now())
