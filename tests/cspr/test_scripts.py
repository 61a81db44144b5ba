"""What the scripts say on a machine that cannot run them."""

import subprocess

from tests.cspr.machine import ROOT, environment


def script(name, *arguments, **variables):
    return subprocess.run(
        [ROOT / "script" / name, *arguments],
        env=environment(None, **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_old_python_is_one_sentence():
    result = script("setup", PYTHON="false")
    assert result.returncode == 1
    assert result.stderr.startswith("script/setup: Python 3.11 or newer is needed and not here; install it, or name it")
    assert result.stderr.count("\n") == 1


def test_an_unknown_option_shows_how_to_call_it():
    for name, first in (("setup", "# script/setup [--tests]"), ("server", "# script/server [--fresh] [--port N]")):
        result = script(name, "--no-such-option")
        assert result.returncode == 2
        assert result.stderr.startswith(first)
