from celery import shared_task
from django.utils import timezone

from rapid_reviews import workflow
from rapid_reviews.workflow import bundles


@shared_task
def sweep_circulations() -> None:
    """Close circulations that are over and remind who has not answered. Run by beat; twice at once does no harm."""
    workflow.sweep_circulations(now=timezone.now())


@shared_task
def make_bundle(pk: int) -> None:
    """Make one evidence bundle."""
    bundles.make(pk=pk, clock=timezone.now)


@shared_task
def sweep_bundles() -> None:
    """Find the bundles whose task was lost or whose worker died, and remove those whose time is over."""
    bundles.sweep(now=timezone.now())


@shared_task
def make_report(pk: int) -> None:
    """Make the PDF and the Word file of one rapid review report."""
    workflow.render(pk=pk, now=timezone.now())


@shared_task
def sweep_reports() -> None:
    """Find the reports whose task was lost or whose worker died."""
    workflow.sweep(now=timezone.now())


@shared_task
def chase_issues() -> None:
    """Remind of safeguarding issues without an answer and escalate them. Run by beat; twice at once does no harm."""
    workflow.chase_issues(now=timezone.now())
