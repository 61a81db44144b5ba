from celery import shared_task
from django.utils import timezone

from rapid_reviews import workflow


@shared_task
def chase_issues() -> None:
    """Remind of safeguarding issues without an answer and escalate them. Run by beat; twice at once does no harm."""
    workflow.chase_issues(now=timezone.now())
