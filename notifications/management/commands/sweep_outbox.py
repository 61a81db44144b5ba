from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from notifications import workflow


class Command(BaseCommand):
    help = (
        "Find mails that were missed: queue again what dead senders left, wake a worker for every mail that is due. "
        "The same as the periodic task."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--send", action="store_true", help="send here and now, without a worker or Redis")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        swept = workflow.sweep_here(now=now) if options["send"] else workflow.sweep(now=now)
        what = "tried here" if options["send"] else "a worker was woken for"
        self.stdout.write(f"Mails taken back from dead senders: {swept.recovered}; mails {what}: {swept.woken}.")
