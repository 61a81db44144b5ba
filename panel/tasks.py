from celery import shared_task
from django.utils import timezone

from panel.workflow import forget_expired_sessions


@shared_task
def clear_sessions() -> None:
    """Each night: drop sessions that ended."""
    forget_expired_sessions(now=timezone.now())
