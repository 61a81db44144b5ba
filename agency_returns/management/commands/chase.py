"""manage.py chase: what Celery beat does, by hand; or only say what it would do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agency_returns import workflow
from agency_returns.chasing import Digest, plan


class Command(BaseCommand):
    help = "Remind agencies of the returns that are wanted, by the steps of the chase ladder, one digest a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be reminded of what; change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        digests = plan(now) if dry_run else workflow.chase(now=now)
        for digest in digests:
            self._tell(digest, dry_run=dry_run)
        told = "would be sent; nothing was changed" if dry_run else "sent"
        self.stdout.write(f"{len(digests)} {'digest' if len(digests) == 1 else 'digests'} {told}.")

    def _tell(self, digest: Digest, *, dry_run: bool) -> None:
        when = f", leaving {timezone.localtime(digest.leaves_at):%-d %B %Y %H:%M}" if dry_run else ""
        self.stdout.write(f"{digest.address}{when}")
        for line in digest.lines:
            request = line.request
            self.stdout.write(f"  {request.referral.reference} {request.agency.short_name}: {line.step}")
