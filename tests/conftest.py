"""Fixtures for every app: the cast, and one browser for each person."""

import os
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase

from tests.cast import Cast, make_cast
from tests.cast import sign_in as _sign_in
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
    """Tests with real transactions empty the database after themselves; append-only tables let nobody else do so.

    Afterwards what migrations had put there is put back, so that such tests leave a database like the one they found.
    """
    begin = TransactionTestCase._fixture_setup.__func__
    seeds: list[str] = []

    def remember_and_begin(case: type[TransactionTestCase]) -> None:
        if not seeds:
            seeds.append(connection.creation.serialize_db_to_string())
        begin(case)

    def empty_and_restore(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(seeds[0])
            with connection.cursor() as cursor:  # emptied, the tables would number their rows from 1 again
                cursor.execute("".join(connection.ops.sequence_reset_sql(no_style(), apps.get_models())))

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(remember_and_begin))
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_restore)
    yield
    patch.undo()
