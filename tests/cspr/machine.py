"""A state folder of its own for what is started as a newcomer starts it, and a look at what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from cspr import local

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "PORT", "MAIL_PORT", "ENVIRONMENT", "SECRET_KEY",
          "ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL", "DEMO", "MFA_REQUIRED", "DJANGO_SETTINGS_MODULE")  # fmt: skip
PATIENCE = 300  # seconds; two cores may be busy with much else


def environment(state: Path | None = None, **variables: str) -> dict[str, str]:
    """This process's environment without what points at servers or configures ours, plus `variables`."""
    clean = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in PLACES}
    return clean | ({"STATE_DIR": str(state)} if state else {}) | variables


@contextmanager
def started(*arguments: str, stderr: int = subprocess.STDOUT, **options) -> Iterator[subprocess.Popen]:
    """Our Python running with `arguments`, heading a process group as a shell's job does; killed if it outlives us."""
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True,
        start_new_session=True, **options,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            if process.poll() is None:  # with what it started, if it can still see to that
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(60)
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def python(*arguments: str, **options) -> subprocess.CompletedProcess:
    """Run our Python to its end with `arguments`; `env` is among the options."""
    with started(*arguments, stderr=subprocess.PIPE, **options) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def processes_of(state: Path) -> list[str]:
    """The command lines of all living processes that were given this state folder.

    Redis writes a title over its command line and what follows it; where the path is too long for a socket,
    the title holds a shorter one.
    """
    with patch.dict(os.environ, STATE_DIR=str(state)):
        redis = local.redis_url().removeprefix("unix://")
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                variables = (folder / "environ").read_bytes().split(b"\0")
            except OSError:  # gone, or another user's
                continue
            if words and (str(state) in words or redis in words or f"STATE_DIR={state}".encode() in variables):
                found.append(words)
    return found


def wait_for(happened: Callable[[], object], what: str, process: subprocess.Popen | None = None) -> None:
    """Until `happened()`; with `process`, its end is a failure that shows what it said."""
    last_moment = time.monotonic() + PATIENCE
    while not happened():
        assert process is None or process.poll() is None, f"instead of {what}: {process.communicate()[0]}"
        assert time.monotonic() < last_moment, f"waited in vain for {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(process: subprocess.Popen, number: int = signal.SIGTERM) -> str:
    """Send the signal, wait for the end, return what it had said."""
    process.send_signal(number)
    output, _ = process.communicate(timeout=PATIENCE)
    return output
