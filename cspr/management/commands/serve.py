"""The whole system on one machine: web, worker, beat and mail catcher, with the demo in a new database."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from cspr import local, stack
from demo.people import DOMAIN, PASSWORD, PEOPLE
from panel.models import User
from panel.roles import Role

SHOWN = (Role.BUSINESS_MANAGER, Role.CHAIR, Role.MEMBER, Role.SAFEGUARDING_PARTNER, Role.SCRUTINEER)


class Command(BaseCommand):
    help = "Run web, worker, beat and the mail catcher until Ctrl-C. script/server calls this."

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT", "8000"))
        mail_port = None if local.configured("EMAIL_URL") else int(os.environ.get("MAIL_PORT", "1025"))
        self._check_ports(port, mail_port)
        # Whoever tries the demonstration in the evening or at the weekend should see its mails arrive.
        hours = {"MAIL_HOURS": "always"} if settings.DEMO else {}
        with local.redis():
            self._prepare()
            manager = stack.Stack(
                stack.commands(port=port, mail_port=mail_port),
                hours | local.environment() | {"PORT": str(port), "PYTHONUNBUFFERED": "1"},
                lambda: stack.answers(f"http://127.0.0.1:{port}/healthz/") and stack.worker_answers(),
                lambda: self._announce(port, mail_port),
            )
            manager.loop()
        self.stdout.write("Stopped.")
        if manager.returncode not in {130, 143}:  # neither Ctrl-C nor SIGTERM: a process ended by itself
            raise CommandError("One of the processes ended by itself; its last lines stand above.", returncode=1)

    def _check_ports(self, port: int, mail_port: int | None) -> None:
        if not stack.port_is_free(port):
            raise CommandError(f"Port {port} is in use: choose another with script/server --port N.")
        if mail_port is not None and not stack.port_is_free(mail_port):
            raise CommandError(f"Port {mail_port} is in use: choose another for mail with MAIL_PORT=N script/server.")

    def _prepare(self) -> None:
        if _is_behind():
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)
        if _newest(settings.STATICFILES_DIRS) > _written(Path(settings.STATIC_ROOT) / "staticfiles.json"):
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and not User.objects.exists():
            self.stdout.write("Inventing the demonstration …")
            call_command("demo")
        connections.close_all()  # the processes open their own

    def _announce(self, port: int, mail_port: int | None) -> None:
        lines = ["", f"  CSPR Panel is up: http://127.0.0.1:{port}/"]
        if settings.DEMO:
            lines += ["", f"  Sign in as (password of all: {PASSWORD})"]
            for role in SHOWN:
                person = next(person for person in PEOPLE if person.role == role)
                lines += [f"    {role.label:<34} {person.account}@{DOMAIN}"]
        if mail_port is not None:
            lines += ["", f"  Mails land in {settings.STATE_DIR / 'mail'}/*.eml; the admin site lists them:"]
            lines += [f"    http://127.0.0.1:{port}{reverse('admin:notifications_message_changelist')}"]
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C stops everything.", ""]))
        self.stdout.flush()


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _written(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def _newest(folders: list[tuple[str, Path]]) -> float:
    """When the youngest file of the static folders was written (seconds since the epoch)."""
    return max((path.stat().st_mtime for _, folder in folders for path in Path(folder).rglob("*")), default=0.0)
