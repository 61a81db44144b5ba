"""Fixtures for every app: the cast, and one browser for each person."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from tests.cast import Cast, make_cast
from tests.cast import sign_in as _sign_in
from tests.emptying import keep, put_back
from tests.template import migrated_template


def pytest_configure():
    """WhiteNoise warns where nothing was collected; tests read static files from their sources."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # Each worker of a parallel run empties a part of Redis that is its own.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    settings.CACHES["default"]["LOCATION"] += f"?db={worker}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Copy the test database instead of migrating it anew."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


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


@pytest.fixture(scope="session", autouse=True)
def _emptying_between_tests():
    """Tests with real transactions leave the database as they found it: see tests/emptying.py."""
    begin = TransactionTestCase._fixture_setup.__func__

    def keep_and_begin(case: type[TransactionTestCase]) -> None:
        keep()
        begin(case)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(keep_and_begin))
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back())
    yield
    patch.undo()
