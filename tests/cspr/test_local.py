"""The embedded servers: shared while needed, gone afterwards, whatever ended the run."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cspr.machine import end, environment, processes_of, python, started, wait_for

RUN = ("-m", "cspr.local", "run")
LOOK = "import os, psycopg2, redis; psycopg2.connect(os.environ['DATABASE_URL']); " \
       "print(redis.Redis.from_url(os.environ['REDIS_URL']).ping())"  # fmt: skip


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """A folder with too long a path for a Unix socket, made by a first run."""
    folder = tmp_path_factory.mktemp("state") / "a-folder-with-a-long-name" / ("long-" * 12)
    first = python(*RUN, "printenv", "DATABASE_URL", env=environment(folder))
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("postgres://postgres@/cspr?host=/")
    assert first.stderr == ""
    return folder


@contextmanager
def _running(state):
    with started(*RUN, "sleep", "300", env=environment(state)) as process:
        wait_for(lambda: any(line.startswith("sleep 300") for line in processes_of(state)), "the command", process)
        yield process


def test_a_command_finds_both_servers_and_its_exit_code_is_passed_on(state):
    result = python(*RUN, sys.executable, "-c", f"{LOOK}; raise SystemExit(7)", env=environment(state))
    assert (result.stdout, result.returncode) == ("True\n", 7)
    assert processes_of(state) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_process(state, number):
    with _running(state) as process:
        end(process, number)
    assert processes_of(state) == []


def test_a_killed_run_is_cleared_away_by_the_next(state):
    with _running(state) as killed:
        os.killpg(killed.pid, signal.SIGKILL)
    assert any("postgres" in line for line in processes_of(state))
    result = python(*RUN, "true", env=environment(state))
    assert result.returncode == 0, result.stderr
    assert processes_of(state) == []


def test_a_socket_that_a_dying_server_still_holds_is_waited_for(state):
    address = python(*RUN, "printenv", "DATABASE_URL", env=environment(state)).stdout.strip()
    folder = Path(address.partition("host=")[2]).resolve()
    assert list(folder.glob(".s.PGSQL*")) == [], "a stopped server takes its socket away"
    log = state / "pg" / "log"
    owner = {"user": "pgserver"} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "300"], **owner) as dying:
        (folder / ".s.PGSQL.5432.lock").write_text(f"{dying.pid}\n{state}/pg\n1795445747\n5432\n{folder}\n")
        with started(*RUN, "sleep", "300", env=environment(state)) as process:
            wait_for(lambda: f"(PID {dying.pid}) using socket file" in log.read_text(), "the refusal", process)
            dying.kill()
            dying.wait()
            wait_for(lambda: any(line.startswith("sleep 300") for line in processes_of(state)), "the command", process)
            end(process)
    assert processes_of(state) == []


def test_a_second_run_is_refused_and_a_command_shares_the_database(state):
    with _running(state) as first:
        second = python(*RUN, "true", env=environment(state))
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == f"Another run uses {state}: stop it, or set STATE_DIR to another folder.\n"
        wipe = python("-m", "cspr.local", "wipe", env=environment(state))
        assert wipe.stderr == f"Another run uses {state}: stop it first.\n"
        command = python("manage.py", "showmigrations", "--plan", env=environment(state))
        assert command.returncode == 0, command.stderr
        assert any("postgres" in line for line in processes_of(state)), "the first still uses it"
        end(first)
    assert processes_of(state) == []


def test_a_database_whose_making_was_broken_off_is_made_again(tmp_path):
    state = tmp_path / "state"
    (state / "pg").mkdir(parents=True)
    (state / "pg" / "PG_VERSION").write_text("18\n")  # as initdb leaves it when it is killed
    result = python(*RUN, "true", env=environment(state))
    assert result.returncode == 0, result.stderr


def test_a_note_of_a_dead_server_whose_number_somebody_else_has_is_forgotten(state):
    note = state / "pg" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{state}/pg\n1795445747\n5432\n{state}/pg\n\n  1  1\nready\n")
    result = python(*RUN, "true", env=environment(state))
    assert result.returncode == 0, result.stderr
    assert not note.exists()


def test_a_first_command_builds_the_tables_and_says_only_its_own(tmp_path):
    state = tmp_path / "state"
    result = python("manage.py", "deadline", "rapid-review", "2026-11-23", env=environment(state))
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[0] == "2026-12-14"
    assert processes_of(state) == []


def test_production_starts_no_embedded_database(tmp_path):
    state = tmp_path / "state"
    result = python("manage.py", "migrate", env=environment(state, ENVIRONMENT="production"))
    assert result.returncode != 0
    assert result.stderr.startswith("DATABASE_URL is missing; ")
    assert not (state / "pg").exists()
