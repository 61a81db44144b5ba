"""A finding is dismissed by hand: it stays so as long as it rests on the same, and comes back when that changes."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from chronology import workflow
from chronology.choices import FindingKind, Seen
from chronology.facts import facts_of
from chronology.models import Dismissal, Finding, Row, Timeline
from core.errors import NotPermitted, WorkflowError
from tests.cast import sign_in
from tests.chronology.factories import add, make_case, row_facts
from tests.chronology.test_findings import BRUISE, ON, SAME, findings_anew
from tests.referrals.factories import wall_off

REASON = "Two visits on one day; checked with both agencies. Rowan knows."


@pytest.fixture
def case(cast):
    """A likely duplicate, and (for each child) a gap to the incident on 1 June 2025."""
    referral = make_case(2, incident={"incident_on": date(2025, 6, 1)}, dates=None)
    add(referral, cast.agencies.police, ON, BRUISE)
    add(referral, cast.agencies.hospital, ON, SAME)
    return referral


def duplicate():
    return Finding.objects.get(kind=FindingKind.DUPLICATE)


def dismiss(case, cast, finding, **more):
    facts = {"reason": REASON, "by": cast.member, "now": timezone.now()} | more
    return workflow.dismiss_finding(referral=case, identity=finding.identity, **facts)


def test_it_stays_dismissed_when_findings_are_made_anew(case, cast):
    dismiss(case, cast, duplicate())
    add(case, cast.agencies.council, date(2025, 5, 1), "Something else altogether.", child_seen=Seen.NO)
    findings_anew(case)
    assert duplicate().dismissal.reason == REASON
    assert Timeline.objects.get(referral=case).counts == {"gap": 2, "rows": 3, "dismissed": 1}


def test_it_comes_back_as_new_when_a_row_changes(case, cast):
    dismissal = dismiss(case, cast, duplicate())
    row = Row.objects.get(event=SAME)
    workflow.change_row(
        row=row, facts=replace(facts_of(row), event=f"{SAME} Changed."), by=cast.member, now=timezone.now()
    )
    assert duplicate().dismissal is None
    dismissal.refresh_from_db()
    assert dismissal.restored_at is None  # nobody took it back: it said something about other rows
    workflow.change_row(row=row, facts=replace(facts_of(row), event=SAME), by=cast.member, now=timezone.now())
    assert duplicate().dismissal == dismissal


def test_it_holds_when_an_agency_sends_the_same_rows_again(case, cast):
    """A new version of a return is new rows that say the same."""
    kit = {"referral": case, "by": None, "by_label": "Kit Invented, Council", "now": timezone.now()}
    facts = row_facts(ON, f"{SAME} As told by the school.")
    workflow.add_row(agency=cast.agencies.council, facts=facts, source_key="return:1:v1", release=False, **kit)
    workflow.release_rows(source_key="return:1:v1", **kit)
    about = Finding.objects.filter(kind=FindingKind.DUPLICATE, other__agency=cast.agencies.council)
    for finding in about:
        dismiss(case, cast, finding)
    before = set(about.values_list("identity", "dismissal"))
    workflow.copy_rows(from_source="return:1:v1", to_source="return:1:v2", **kit)
    workflow.release_rows(source_key="return:1:v2", supersedes="return:1:v1", **kit)
    assert len(before) == 2
    assert set(about.values_list("identity", "dismissal")) == before


def test_a_gap_is_dismissed_for_one_child_and_comes_back_with_another_length(case, cast):
    gap = Finding.objects.filter(kind=FindingKind.GAP, agency=None).first()
    dismiss(case, cast, gap)
    assert Finding.objects.filter(kind=FindingKind.GAP, agency=None, dismissal=None).count() == 1
    add(case, cast.agencies.hospital, date(2025, 4, 10), "Seen.")
    assert not Finding.objects.filter(dismissal__isnull=False).exists()


def test_restored_and_trail(case, cast):
    dismissal = dismiss(case, cast, duplicate())
    assert dismiss(case, cast, duplicate(), reason="Again.", by=cast.chair) == dismissal  # a double click
    for _ in range(2):
        workflow.restore_finding(dismissal=dismissal, by=cast.chair, now=timezone.now())
    assert duplicate().dismissal is None
    told = {event.sentence for event in Event.objects.about(case.reference).filter(verb__contains="finding_")}
    assert told == {
        f"{cast.member} dismissed a finding of the chronology: likely duplicate.",
        f"{cast.chair} restored a finding of the chronology that had been dismissed: likely duplicate.",
    }
    assert dismiss(case, cast, duplicate(), reason="After all.") != dismissal
    assert Dismissal.objects.count() == 2


def test_what_cannot_be_dismissed(case, cast):
    with pytest.raises(WorkflowError, match="Say why"):
        dismiss(case, cast, duplicate(), reason=" ")
    with pytest.raises(WorkflowError, match="have changed"):
        workflow.dismiss_finding(referral=case, identity="0" * 64, reason="x", by=cast.member, now=timezone.now())
    wall_off(case, cast.walled)
    for person in (cast.scrutineer, cast.partner_la, cast.outsider, cast.walled):
        with pytest.raises(NotPermitted):
            dismiss(case, cast, duplicate(), by=person)
    assert not Dismissal.objects.exists()


def test_the_pages(case, cast):
    client = sign_in(cast.member)

    def page(name="findings", *args, query=""):
        return client.get(reverse(f"chronology:{name}", args=[case.reference, *args]) + query).content.decode()

    finding = duplicate()
    where = reverse("chronology:finding-dismiss", args=[case.reference, finding.identity])
    assert where in page(query="?kind=duplicates")
    assert where in page("timeline")
    assert finding.why in client.get(where).content.decode()
    assert "govuk-error-summary" in client.post(where, {"reason": " "}).content.decode()
    assert "The finding is dismissed." in client.post(where, {"reason": REASON}, follow=True).content.decode()
    assert finding.why not in page(query="?kind=duplicates")
    assert finding.why not in page("timeline")
    assert "was seen" not in page("timeline", query="?show=duplicate")
    dismissed = page(query="?kind=dismissed")
    assert f"<s>{finding.why}</s>" in dismissed
    assert "Child A knows" in dismissed  # names in a reason are shown as those in rows
    assert str(cast.member) in dismissed
    reader = sign_in(cast.scrutineer).get(reverse("chronology:findings", args=[case.reference]) + "?kind=dismissed")
    assert "Restore" not in reader.content.decode()
    restore = reverse("chronology:finding-restore", args=[case.reference, finding.identity])
    assert "Dismissed because" in client.get(restore).content.decode()
    assert duplicate().dismissal is not None  # a GET restores nothing
    client.post(restore)
    assert finding.why in page(query="?kind=duplicates")
    assert client.get(restore).status_code == 404
