"""Fixtures for every app: the cast, and one browser for each person."""

import pytest

from tests.cast import Cast, make_cast
from tests.cast import sign_in as _sign_in


@pytest.fixture
def cast(db) -> Cast:
    """Everybody by name: see tests/cast.py."""
    return make_cast()


@pytest.fixture
def sign_in():
    """`sign_in(cast.chair)` is a test client in which that person is signed in."""
    return _sign_in


@pytest.fixture
def business_manager_client(cast):
    return _sign_in(cast.business_manager)
