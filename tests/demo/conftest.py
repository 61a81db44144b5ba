"""The demonstration, built once for all tests of it, in a transaction that is rolled back."""

from datetime import datetime

import pytest
import time_machine
from django.db import transaction

from demo.build import build

AFTER_CLOSING = "2026-11-23T17:00:00+00:00"  # a Monday; every test sees the demonstration built at that moment
NOW = datetime.fromisoformat(AFTER_CLOSING)


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(AFTER_CLOSING), transaction.atomic():
        yield build(NOW)
        transaction.set_rollback(True)


@pytest.fixture
def untouched(demo):
    savepoint = transaction.savepoint()
    yield demo
    transaction.savepoint_rollback(savepoint)
