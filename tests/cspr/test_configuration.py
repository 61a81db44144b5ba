"""What the environment says is read as it is meant, or named as a problem."""

import pytest

from cspr.configuration import Environment


@pytest.fixture
def env(monkeypatch):
    monkeypatch.delenv("CSPR_THING", raising=False)
    return Environment()


def test_what_is_not_there_is_the_default(env):
    assert env.text("CSPR_THING", "x") == "x"
    assert env.number("CSPR_THING", 3) == 3
    assert env.words("CSPR_THING", ["a"]) == ["a"]
    assert env.yes("CSPR_THING", True) is True
    assert env.problems == []


@pytest.mark.parametrize(
    ("text", "meant"), [("true", True), ("On", True), ("1", True), ("no", False), ("FALSE", False)]
)
def test_yes_and_no_in_their_usual_spellings(env, monkeypatch, text, meant):
    monkeypatch.setenv("CSPR_THING", text)
    assert env.yes("CSPR_THING", not meant) is meant


def test_neither_yes_nor_no_is_a_problem_and_leaves_the_default(env, monkeypatch):
    monkeypatch.setenv("CSPR_THING", "maybe")
    assert env.yes("CSPR_THING", True) is True
    assert env.problems == ["CSPR_THING is neither true nor false; set it to one of them."]


def test_a_number_that_is_none_is_a_problem(env, monkeypatch):
    monkeypatch.setenv("CSPR_THING", "many")
    assert env.number("CSPR_THING", 3) == 3
    assert env.problems == ["CSPR_THING cannot be read as a whole number; correct or remove it."]


def test_an_address_of_an_unknown_kind_is_a_problem(env, monkeypatch):
    monkeypatch.setenv("CSPR_THING", "carrier-pigeon://loft")
    assert env.read("email_url", "CSPR_THING", "smtp://127.0.0.1:1025")["EMAIL_PORT"] == 1025
    assert env.problems == ["CSPR_THING cannot be read as a mail server's address; correct or remove it."]


def test_a_secret_is_read_from_its_file(env, monkeypatch, tmp_path):
    secret = tmp_path / "url"
    secret.write_text("postgres://ada:pass@db/cspr")
    monkeypatch.setenv("CSPR_THING_FILE", str(secret))
    assert env.given("CSPR_THING")
    assert env.read("db_url", "CSPR_THING", "postgres:///other")["PASSWORD"] == "pass"
    monkeypatch.setenv("CSPR_OTHER_FILE", str(tmp_path / "nowhere"))
    assert env.text("CSPR_OTHER", "default") == "default"
    assert len(env.problems) == 1
