"""manage.py sweep: what Celery beat does every few minutes, by hand."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import WorkflowError
from deadlines.models import Reminder
from deadlines.sweep import sweep


class Command(BaseCommand):
    help = "Remind people of what comes due. --dry-run prints what would be sent and changes no row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, send nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            swept = sweep(now=timezone.now(), dry_run=dry_run)
        except WorkflowError as error:
            raise CommandError(str(error), returncode=2) from error
        self._print("Would send" if dry_run else "Sent", swept.sent)
        self._print("Waiting until mail may go", swept.waiting)
        self._print("Unsent: nobody registered for this time limit, or its letters fail", swept.unowned)
        for clock in swept.unreachable:
            self.stdout.write(f"Beyond the known bank holidays: {clock}")
        words = "would be recorded" if dry_run else "recorded"
        self.stdout.write(
            f"{len(swept.sent)} {'would be sent' if dry_run else 'sent'}, {len(swept.waiting)} waiting, "
            f"{len(swept.unowned)} unsent, {swept.recorded} ledger rows {words}, {swept.told} moved dates told"
        )

    def _print(self, title: str, reminders: Sequence[Reminder]) -> None:
        for reminder in reminders:
            self.stdout.write(
                f"{title}: {reminder.clock.label} {reminder.clock.code}, {reminder.headline}, "
                f"to {reminder.recipient} ({reminder.get_level_display().lower()})"
            )
