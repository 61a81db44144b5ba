"""The locks name versions and hashes, never a place; and hold what the inputs ask for."""

import json
import re

import pytest

from tests.cspr.machine import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,-]+\])?==(\S+)", re.MULTILINE)


def pins(name):
    return dict(PINNED.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_and_hashes_every_package(name):
    text = (ROOT / name).read_text()
    assert not re.search(
        r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b|file:|https?://|@ ", text, re.MULTILINE
    )
    blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_its_input_asks_for(name):
    wanted = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / name).with_suffix(".in").read_text(), re.MULTILINE)
    locked = {package.lower().replace("_", "-") for package in pins(name)}
    assert {package.lower().replace("_", "-") for package in wanted} - {"-r"} <= locked


def test_tests_run_on_the_versions_that_production_runs():
    production, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in production} == production


def test_each_package_asked_for_has_its_reason():
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for name in LOCKS:
        for package in re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / name).with_suffix(".in").read_text(), re.MULTILINE):
            assert package == "-r" or package.lower() in reasons, f"docs/dependencies.md says nothing about {package}"
    for package in json.loads((ROOT / "package.json").read_text()).get("dependencies", {}):
        assert package in reasons
