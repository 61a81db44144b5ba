"""Gaps, likely duplicates, contradictions: what is found, what is not, and that it is kept up to date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from chronology import findings, workflow
from chronology.choices import FindingKind, Seen
from chronology.facts import facts_of
from chronology.models import Finding, Row, Timeline
from core.guard import workflow as step
from referrals.choices import Precision
from tests.chronology.factories import add, at, line, make_case, preview_of, xlsx

BRUISE = "Health visitor noticed a bruise on the left cheek and recorded it on a body map."
SAME = "The health visitor noticed a bruise on left cheek, recorded on a body map."
ON = date(2025, 3, 3)


@pytest.fixture
def case(cast):
    """The incident was on 1 June 2025."""
    return make_case(2, incident={"incident_on": date(2025, 6, 1)}, dates=None)


def gaps(case, agency=None):
    found = Finding.objects.filter(referral=case, kind=FindingKind.GAP, agency=agency)
    return [(str(one.child), one.from_on, one.until_on, one.days) for one in found]


def kinds(case):
    return [one.kind for one in Finding.objects.filter(referral=case).exclude(kind=FindingKind.GAP)]


def test_a_gap_between_contacts_and_one_before_the_incident(case, cast):
    child_a = case.children.first()
    add(case, cast.agencies.police, date(2025, 1, 1), children=[child_a])
    add(case, cast.agencies.hospital, date(2025, 3, 3), children=[child_a])
    add(case, cast.agencies.hospital, date(2025, 3, 20), children=[child_a])  # 17 days: no gap
    assert gaps(case) == [
        ("Child A", date(2025, 1, 1), date(2025, 3, 3), 61),
        ("Child A", date(2025, 3, 20), date(2025, 6, 1), 73),
    ]
    why = Finding.objects.filter(kind=FindingKind.GAP, agency=None).first().why
    assert why == "No agency saw Child A for 61 days: from 1 January 2025 to 3 March 2025."


def test_gaps_by_agency(case, cast):
    add(case, cast.agencies.police, date(2025, 1, 1))
    add(case, cast.agencies.hospital, date(2025, 1, 20))
    add(case, cast.agencies.police, date(2025, 2, 10))
    assert gaps(case, cast.agencies.police)[0] == ("Child A", date(2025, 1, 1), date(2025, 2, 10), 40)
    why = Finding.objects.filter(agency=cast.agencies.police).first().why
    assert why.startswith("Police did not see Child A for 40 days")


@pytest.mark.parametrize(
    "more",
    [
        {"child_seen": Seen.NO},
        {"child_seen": Seen.NOT_KNOWN},
        {"precision": Precision.MONTH},
    ],
)
def test_what_is_no_contact_does_not_end_a_gap(case, cast, more):
    add(case, cast.agencies.police, date(2025, 1, 1))
    add(case, cast.agencies.police, date(2025, 2, 1), **more)
    assert gaps(case)[0][3] == 151


def test_a_contact_with_one_child_is_none_with_the_other(case, cast):
    child_a = case.children.first()
    add(case, cast.agencies.police, date(2025, 1, 1))
    add(case, cast.agencies.police, date(2025, 1, 20), children=[child_a])
    add(case, cast.agencies.police, date(2025, 2, 3))
    assert [gap for gap in gaps(case) if gap[2] != date(2025, 6, 1)] == [
        ("Child B", date(2025, 1, 1), date(2025, 2, 3), 33)
    ]


def test_the_length_of_a_gap_is_each_cases_own(case, cast):
    add(case, cast.agencies.police, date(2025, 1, 1))
    add(case, cast.agencies.police, date(2025, 1, 11))
    before = len(gaps(case))
    workflow.set_gap_days(referral=case, days=10, by=cast.member, now=timezone.now())
    assert len(gaps(case)) == before + 2  # ten days, for both children
    assert Timeline.objects.get(referral=case).gap_days == 10


@pytest.mark.parametrize("apart", [-1, 0, 1])
def test_two_agencies_telling_one_event_are_likely_duplicates(case, cast, apart):
    add(case, cast.agencies.police, ON, BRUISE)
    add(case, cast.agencies.hospital, ON + timedelta(days=apart), SAME)
    assert kinds(case) == [FindingKind.DUPLICATE]
    assert BRUISE not in Finding.objects.exclude(kind=FindingKind.GAP).get().why


def test_what_is_not_a_duplicate(case, cast):
    add(case, cast.agencies.police, ON, BRUISE)
    add(case, cast.agencies.police, ON, SAME)  # the same agency
    add(case, cast.agencies.hospital, ON, "Routine dental appointment was cancelled by the practice.")
    add(case, cast.agencies.schools, date(2025, 4, 10), SAME)  # weeks later
    add(case, cast.agencies.schools, ON, "Home visit.")
    add(case, cast.agencies.icb, ON, "Home visit.")  # too short to say
    assert kinds(case) == []


def test_rows_about_different_children_are_no_duplicates(case, cast):
    child_a, child_b = case.children.all()
    add(case, cast.agencies.police, ON, BRUISE, children=[child_a])
    add(case, cast.agencies.hospital, ON, SAME, children=[child_b])
    assert kinds(case) == []


def test_one_event_with_two_dates_is_a_contradiction(case, cast):
    add(case, cast.agencies.police, ON, BRUISE)
    add(case, cast.agencies.hospital, ON + timedelta(days=7), BRUISE)
    found = Finding.objects.exclude(kind=FindingKind.GAP).get()
    assert found.kind == FindingKind.DATES
    assert "3 March 2025" in found.why
    assert "10 March 2025" in found.why


def test_seen_and_not_seen_on_one_day_is_a_contradiction(case, cast):
    add(case, cast.agencies.police, ON, "Joint visit.", child_seen=Seen.YES, happened_time=at(10))
    add(case, cast.agencies.council, ON, "Joint visit.", child_seen=Seen.NO, happened_time=at(10, 30))
    found = Finding.objects.filter(kind=FindingKind.SEEN)
    assert [str(one.child) for one in found] == ["Child A", "Child B"]
    assert found[0].why == "Police says that Child A was seen, Council that the child was not, on 3 March 2025."


def test_contacts_at_other_hours_days_or_with_other_children_do_not_contradict(case, cast):
    child_a, child_b = case.children.all()
    add(case, cast.agencies.police, ON, "Visit.", child_seen=Seen.YES, happened_time=at(9), children=[child_a])
    add(case, cast.agencies.council, ON, "Visit.", child_seen=Seen.NO, happened_time=at(16))
    add(case, cast.agencies.council, ON + timedelta(days=1), "Visit.", child_seen=Seen.NO)
    add(case, cast.agencies.hospital, ON, "Visit.", child_seen=Seen.NO, children=[child_b])
    assert kinds(case) == []


def test_withdrawing_and_changing_take_findings_away(case, cast):
    add(case, cast.agencies.police, ON, BRUISE)
    row = add(case, cast.agencies.hospital, ON, SAME)
    assert kinds(case) == [FindingKind.DUPLICATE]
    workflow.withdraw_row(row=row, reason="Wrong case.", by=cast.member, now=timezone.now())
    assert kinds(case) == []
    assert Timeline.objects.get(referral=case).counts == {"gap": 2, "rows": 1, "dismissed": 0}


def test_a_preview_and_an_unreleased_row_leave_findings_alone(case, cast):
    add(case, cast.agencies.police, ON, BRUISE)
    preview_of(xlsx([line(ON, SAME)]), case, cast.agencies.hospital, by=cast.member)
    assert kinds(case) == []


def everything(case):
    fields = ("kind", "child", "agency", "row", "other", "from_on", "until_on", "days", "why")
    return sorted(map(str, Finding.objects.filter(referral=case).values_list(*fields)))


def test_in_a_large_case_findings_around_a_change_are_those_of_computing_anew(case, cast, monkeypatch):
    """The size of "large" is lowered; what runs is the same."""
    monkeypatch.setattr(findings, "AT_ONCE", 2)
    agencies = [cast.agencies.police, cast.agencies.hospital, cast.agencies.council]
    for n in range(9):
        seen = Seen.YES if n % 2 else Seen.NO
        add(case, agencies[n % 3], ON + timedelta(days=n // 3), f"{BRUISE} {n % 2}", child_seen=seen)
    row = Row.objects.order_by("pk")[4]
    workflow.change_row(row=row, facts=findings_facts(row), by=cast.member, now=timezone.now())
    around = everything(case)
    assert len(around) > 5
    findings_anew(case)
    assert everything(case) == around


def findings_facts(row):
    return replace(facts_of(row), happened_on=ON + timedelta(days=5))


def findings_anew(case):
    step(lambda: findings.compute(Timeline.objects.get(referral=case), now=timezone.now()))()


def test_after_a_large_import_a_task_computes(case, cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(findings, "AT_ONCE", 2)
    monkeypatch.setattr(findings, "FEW", 2)
    told = []
    monkeypatch.setattr("chronology.tasks.refresh_findings.delay", told.append)
    add(case, cast.agencies.police, ON, BRUISE)
    lines = [line(ON + timedelta(days=40 * n), f"{SAME} {n or ''}", child_seen="no") for n in range(5)]
    preview = preview_of(xlsx(lines), case, cast.agencies.hospital, by=cast.member)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.import_rows(preview=preview, digest=preview.digest, by=cast.member, now=timezone.now())
    timeline = Timeline.objects.get(referral=case)
    assert told == [timeline.pk]
    assert timeline.stale_since is not None
    assert kinds(case) == []
    assert workflow.refresh_stale(pk=timeline.pk, now=timezone.now())
    assert sorted(kinds(case)) == [FindingKind.DUPLICATE, FindingKind.SEEN, FindingKind.SEEN]
    assert not workflow.refresh_stale(pk=timeline.pk, now=timezone.now())  # delivered twice


def test_what_was_computed_from_older_rows_is_not_kept(case, cast):
    """Nobody waits while findings are computed; so a row that changes meanwhile makes them worthless."""
    add(case, cast.agencies.police, ON, BRUISE)
    row = add(case, cast.agencies.hospital, ON, SAME)
    timeline = Timeline.objects.get(referral=case)
    old = findings.collect(timeline)
    workflow.withdraw_row(row=row, reason="Wrong case.", by=cast.member, now=timezone.now())
    step(lambda: Timeline.objects.update(stale_since=timezone.now()))()
    assert not workflow.keep_findings(pk=timeline.pk, revision=timeline.revision, found=old, now=timezone.now())
    assert kinds(case) == []
    timeline.refresh_from_db()
    assert timeline.stale_since is not None
    assert workflow.refresh_stale(pk=timeline.pk, now=timezone.now())
    assert kinds(case) == []


def test_findings_that_are_the_same_are_left_as_they_are(case, cast):
    """Only what differs is written: the case is locked meanwhile."""
    add(case, cast.agencies.police, ON, BRUISE)
    add(case, cast.agencies.hospital, ON, SAME)
    before = set(Finding.objects.values_list("pk", flat=True))
    findings_anew(case)
    assert set(Finding.objects.values_list("pk", flat=True)) == before


def test_the_sweep_finds_what_the_task_was_not_told(case, cast, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr("chronology.tasks.refresh_findings.delay", told.append)
    add(case, cast.agencies.police, ON, BRUISE)
    timeline = Timeline.objects.get(referral=case)
    step(lambda: Timeline.objects.update(stale_since=timezone.now() - timedelta(minutes=10)))()
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.sweep(now=timezone.now()) == 1
    assert told == [timeline.pk]
