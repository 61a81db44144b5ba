"""The processes of a whole installation on one machine, under one supervisor (honcho)."""

import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from types import FrameType

from honcho.manager import Manager

from cspr.celery import app

WEB_WORKERS = 2  # sync: threads halve the throughput of pages like ours (docs/architecture.md)
TASK_WORKERS = 2
PATIENCE = 90  # seconds until everything must have answered


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def commands(*, port: int, mail_port: int | None) -> dict[str, list[str]]:
    """Name and command line of each process; without `mail_port` no mail catcher."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app", "cspr", "--quiet"]
    processes = {
        "web": [*python, "gunicorn", "cspr.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(WEB_WORKERS),
                "--preload", "--log-level", "warning"],
        "worker": [*celery, "worker", "--concurrency", str(TASK_WORKERS), "--loglevel", "warning",
                   "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "warning", "--pidfile="],
    }  # fmt: skip
    if mail_port is not None:
        processes["mail"] = [*python, "cspr.mailcatcher", "--port", str(mail_port)]
    return processes


class Stack(Manager):
    """honcho's manager that says when all is up, and ends with its terminal too."""

    def __init__(self, processes: Mapping[str, list[str]], environment: Mapping[str, str], up: Callable[[], bool],
                 announce: Callable[[], None]) -> None:  # fmt: skip
        super().__init__()
        self._up, self._announce = up, announce
        for name, command in processes.items():
            self.add_process(name, "exec " + shlex.join(command), env=dict(environment))

    def _start(self) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the children do not hear it; we do, and stop them
        super()._start()
        signal.signal(signal.SIGHUP, self._hang_up)
        threading.Thread(target=self._wait, daemon=True).start()

    def _hang_up(self, number: int, frame: FrameType | None) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def _wait(self) -> None:
        last_moment = time.monotonic() + PATIENCE
        while not self._terminating and time.monotonic() < last_moment:
            if self._up():
                self._announce()
                return
            time.sleep(0.2)


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
            return response.status == 200
    except OSError:
        return False


def worker_answers() -> bool:
    return bool(app.control.ping(timeout=0.5))
