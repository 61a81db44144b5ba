"""The demonstration's chronology shows what a chronology is for."""

from chronology.choices import FindingKind
from chronology.models import Finding, Row


def test_five_agencies_a_gap_a_duplicate_and_a_contradiction(demo):
    rows = Row.objects.merged().exclude(source_key__startswith="return:")
    assert rows.count() == 120
    assert rows.order_by().values("referral").distinct().count() == 1
    assert rows.order_by().values("agency").distinct().count() == 5
    assert rows.filter(is_key_episode=True).count() == 2
    assert Finding.objects.filter(kind=FindingKind.GAP, agency=None, days__gte=61).exists()
    for kind in (FindingKind.DUPLICATE, FindingKind.SEEN):
        assert 1 <= Finding.objects.filter(kind=kind).count() <= 10
