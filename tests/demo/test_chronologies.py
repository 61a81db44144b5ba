"""The demonstration's chronology shows what a chronology is for."""

from datetime import datetime

import pytest
import time_machine
from django.db import transaction

from chronology.choices import FindingKind
from chronology.models import Finding, Row
from demo.build import build

NOW = datetime.fromisoformat("2026-11-23T17:00:00+00:00")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(NOW), transaction.atomic():
        yield build(NOW)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_five_agencies_a_gap_a_duplicate_and_a_contradiction(demo):
    rows = Row.objects.merged().exclude(source_key__startswith="return:")
    assert rows.count() == 120
    assert rows.order_by().values("referral").distinct().count() == 1
    assert rows.order_by().values("agency").distinct().count() == 5
    assert rows.filter(is_key_episode=True).count() == 2
    assert Finding.objects.filter(kind=FindingKind.GAP, agency=None, days__gte=61).exists()
    for kind in (FindingKind.DUPLICATE, FindingKind.SEEN):
        assert 1 <= Finding.objects.filter(kind=kind).count() <= 10
