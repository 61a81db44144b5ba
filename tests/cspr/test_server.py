"""The whole system as a newcomer starts it: it says where it is, serves, works, and leaves nothing behind."""

import signal
import time
import urllib.request

import pytest

from tests.cspr.machine import end, environment, free_port, processes_of, python, started, wait_for

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "state"


def _until_up(server):
    said = []
    while not said or "Ctrl-C stops everything" not in said[-1]:
        said.append(server.stdout.readline())
        assert said[-1], "the server ended:\n" + "".join(said)
    return "".join(said)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_leaves_no_process(state, number):
    port, mail_port = free_port(), free_port()
    env = environment(state, PORT=str(port), MAIL_PORT=str(mail_port))
    with started("manage.py", "serve", env=env) as server:
        said = _until_up(server)
        assert f"CSPR Panel is up: http://127.0.0.1:{port}/" in said
        assert "business.manager@partnership.example" in said
        assert "correct-horse-demo" in said
        assert f"{state}/mail/*.eml" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            assert page.url == f"http://127.0.0.1:{port}/accounts/login/?next=/"
        running = processes_of(state)
        for part in ("gunicorn", "worker", "beat", "cspr.mailcatcher", "postgres", "redis-server"):
            assert any(part in line for line in running), f"{part} is not among {running}"
        asked = time.monotonic()
        end(server, number)
    assert time.monotonic() - asked < 60
    wait_for(lambda: processes_of(state) == [], f"the end of {processes_of(state)}")


def test_a_port_in_use_is_one_sentence(state):
    with started("-m", "http.server", "--bind", "127.0.0.1", port := str(free_port())):
        wait_for(lambda: _answers(port), "the other server")
        result = python("manage.py", "serve", env=environment(state, PORT=port))
        assert result.stderr == f"CommandError: Port {port} is in use: choose another with script/server --port N.\n"
        result = python("manage.py", "serve", env=environment(state, PORT=str(free_port()), MAIL_PORT=port))
        assert f"Port {port} is in use: choose another for mail with MAIL_PORT=N script/server." in result.stderr
    assert processes_of(state) == []


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except OSError:
        return False
