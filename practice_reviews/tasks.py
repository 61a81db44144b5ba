from celery import shared_task
from django.utils import timezone

from practice_reviews import workflow
from practice_reviews.workflow import draft_chasing


@shared_task
def sweep_reviews() -> None:
    """Remind agencies of single-agency reviews and escalate them. Run by beat; twice at once does no harm."""
    workflow.sweep(now=timezone.now())


@shared_task
def chase_drafts() -> None:
    """Remind agencies of drafts whose facts they are to check. Run by beat; twice at once does no harm."""
    draft_chasing.chase_drafts(now=timezone.now())
