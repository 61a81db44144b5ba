from celery import shared_task
from django.utils import timezone

from access_links.workflow import forget_codes


@shared_task
def clear_codes() -> None:
    """Each night: drop codes that ended."""
    forget_codes(now=timezone.now())
