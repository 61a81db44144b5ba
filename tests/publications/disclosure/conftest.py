"""Here the gate itself is tested: nothing stands in for it."""

import pytest


@pytest.fixture(autouse=True)
def _disclosure_checked():
    """Takes the place of the fixture of the same name for the other tests of publications."""
