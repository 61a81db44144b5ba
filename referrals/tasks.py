from celery import shared_task
from django.utils import timezone

from referrals.workflow import forget_unsent


@shared_task
def clear_unsent() -> None:
    """Each night: drop referrals from outside that were begun and never sent."""
    forget_unsent(now=timezone.now())
