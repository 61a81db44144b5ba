"""manage.py load_bank_holidays: take the published list of England and Wales into the calendar, offline."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import WorkflowError
from deadlines import published
from deadlines.models import BankHoliday
from deadlines.workflow import load_holidays


class Command(BaseCommand):
    help = (
        "Add the bank holidays of England and Wales that the installed govuk-bank-holidays package lists and the "
        "calendar lacks, count running clocks again and tell people. Days entered by hand stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be added; change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        listed = published.holidays()
        known = set(BankHoliday.objects.values_list("date", flat=True))
        if dry_run:
            for day, title in sorted(listed.items()):
                if day not in known:
                    self.stdout.write(f"Would add {day.isoformat()} {title}")
            self.stdout.write(f"{len(listed.keys() - known)} bank holidays would be added; nothing was changed.")
            return
        try:
            loaded = load_holidays(holidays=listed, note=published.note(), by=None, now=timezone.now())
        except WorkflowError as error:
            raise CommandError(str(error)) from error
        for day, title in loaded.added.items():
            self.stdout.write(f"Added {day.isoformat()} {title}")
        for day in loaded.kept:
            self.stdout.write(f"Kept {day.isoformat()}, entered here and not in the published list")
        self.stdout.write(
            f"{len(loaded.added)} bank holidays and {len(loaded.years)} years added, "
            f"{len(loaded.revisions)} running clocks moved."
        )
