"""docs/state-diagrams.md is what the code says."""

import pytest
from django.core.management import CommandError, call_command

from cspr.management.commands import state_diagrams


def test_every_table_is_drawn():
    drawn = state_diagrams.document()
    assert set(state_diagrams.tables()) >= {"referrals", "rapid_reviews", "highlight_reports"}
    for label, table in state_diagrams.tables().items():
        assert f"## {label}: {table.name}\n" in drawn
        assert all(f": {verb}\n" in drawn and f"| {verb} | " in drawn for verb in table.verbs)


def test_the_document_is_up_to_date(capsys):
    call_command("state_diagrams", "--check")
    assert capsys.readouterr().out == "docs/state-diagrams.md is up to date.\n"


def test_an_old_document_is_found_and_written_anew(monkeypatch, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(state_diagrams, "PATH", tmp_path / "state-diagrams.md")
    with pytest.raises(CommandError, match=r"run manage\.py state_diagrams"):
        call_command("state_diagrams", "--check")
