from celery import shared_task
from django.utils import timezone

from panel.workflow import forget_expired_sessions, forget_old_typed


@shared_task
def clear_sessions() -> None:
    """Each night: drop sessions that ended, and typed text that nobody came back for."""
    forget_expired_sessions(now=timezone.now())
    forget_old_typed(now=timezone.now())
