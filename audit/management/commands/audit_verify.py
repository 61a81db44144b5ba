import argparse
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.verify import BrokenError, verify


def _anchor(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
    if not found:
        raise argparse.ArgumentTypeError("an anchor is POSITION:DIGEST as an earlier run printed it")
    return int(found[1]), found[2]


class Command(BaseCommand):
    help = (
        "Check that nobody changed or removed a row of the audit trail or of the row history, and that every tracked "
        "record is what its history says. Exit code 0: whole; 1: the first fault is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            type=_anchor,
            metavar="POSITION:DIGEST",
            help="what an earlier run printed, kept outside the database: finds a chain that was rewritten to its end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            whole = verify(options["anchor"])
        except BrokenError as broken:
            raise CommandError(f"The audit trail is broken. {broken}", returncode=1) from broken
        self.stdout.write(
            f"The audit trail is whole: {whole.links} rows sealed, {whole.unsealed} not sealed yet, "
            f"{whole.records} records are what their history says."
        )
        if whole.links:
            self.stdout.write(f"Anchor: {whole.links}:{whole.digest}")
