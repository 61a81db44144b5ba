"""manage.py search_index: what Celery beat does, by hand; or everything anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from overview import workflow


class Command(BaseCommand):
    help = "Read the documents that are not read yet and index for the search what has changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="index everything, whether it has changed or not")

    def handle(self, *args: Any, **options: Any) -> None:
        now, documents = timezone.now(), 0
        while read := workflow.read_documents(now=now):
            documents += read
        index = workflow.index_everything if options["all"] else workflow.index_stale
        self.stdout.write(f"Documents read: {documents}. Cases, actions and meetings indexed: {index(now=now)}.")
