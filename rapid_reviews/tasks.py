from celery import shared_task
from django.utils import timezone

from rapid_reviews.workflow import bundles


@shared_task
def make_bundle(pk: int) -> None:
    """Make one evidence bundle."""
    bundles.make(pk=pk, clock=timezone.now)


@shared_task
def sweep_bundles() -> None:
    """Find the bundles whose task was lost or whose worker died, and remove those whose time is over."""
    bundles.sweep(now=timezone.now())
