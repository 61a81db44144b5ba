"""Print the state machines as Mermaid, so that docs/ shows what the code does."""

import importlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import module_has_submodule

from core.states import StateTable

PATH = Path(settings.BASE_DIR) / "docs" / "state-diagrams.md"
INTRODUCTION = """# State diagrams

Made by `manage.py state_diagrams` from the `TABLE` in each app's `states.py`; `.ci/run` fails when this file is not
what the code says. Arrows are verbs; who may do each stands below its diagram.
"""


def tables() -> dict[str, StateTable]:
    """Each app's state tables, in the order of the floors (INSTALLED_APPS): its TABLE by its label, others by name."""
    found = {}
    for config in apps.get_app_configs():
        if Path(config.path).parent == Path(settings.BASE_DIR) and module_has_submodule(config.module, "states"):
            names = vars(importlib.import_module(f"{config.name}.states"))
            found |= {_label(config.label, name): t for name, t in names.items() if isinstance(t, StateTable)}
    return found


def _label(app: str, name: str) -> str:
    return app if name == "TABLE" else f"{app}.{name.lower()}"


def document() -> str:
    """The whole of docs/state-diagrams.md."""
    parts = [INTRODUCTION]
    for label, table in tables().items():
        parts += [f"## {label}: {table.name}\n", f"```mermaid\n{table.mermaid()}\n```\n"]
        parts += ["| Status | Whose move |\n|---|---|"]
        parts[-1] += "".join(f"\n| {status.label} | {table.owner(status)} |" for status in table.statuses) + "\n"
        parts += ["| Verb | Permission |\n|---|---|"]
        parts[-1] += "".join(f"\n| {verb} | {_who(table, verb)} |" for verb in table.verbs) + "\n"
    return "\n".join(parts)


def _who(table: StateTable, verb: str) -> str:
    needed = {transition.who for transition in table.transitions if transition.verb == verb}
    return ", ".join(sorted(getattr(who, "label", str(who)) for who in needed))


class Command(BaseCommand):
    help = "Write docs/state-diagrams.md from the state tables; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; fail where the file is old")

    def handle(self, *args: Any, **options: Any) -> None:
        text = document()
        if not options["check"]:
            PATH.write_text(text)
            self.stdout.write(f"Wrote {PATH.relative_to(settings.BASE_DIR)}.")
        elif not PATH.exists() or PATH.read_text() != text:
            raise CommandError("docs/state-diagrams.md is not what the code says: run manage.py state_diagrams.")
        else:
            self.stdout.write("docs/state-diagrams.md is up to date.")
