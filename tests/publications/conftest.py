"""The disclosure check has its own tests (tests/publications/disclosure): here it has been made, and found nothing open."""

import pytest

from publications.disclosure import gate


@pytest.fixture(autouse=True)
def _disclosure_checked(monkeypatch, request):
    if "disclosure_gate" not in request.keywords:
        monkeypatch.setattr(gate, "blocking_reasons", lambda publication, *, on: [])
