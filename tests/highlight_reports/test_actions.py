"""Escalated actions and totals in the report: exactly, frozen, and behind walls."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from actions import workflow
from actions.choices import Level
from actions.states import Status
from deadlines.calendar import current
from highlight_reports import sections
from highlight_reports.facts import Period, gather
from highlight_reports.reading import cases_in, for_reader
from tests.actions.factories import action_at, case_origin
from tests.referrals.factories import CHILD_NAME, wall_off

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)
NOW = timezone.make_aware(datetime.combine(DAY, time(10)))


def section(as_at: date, without: frozenset[str] = frozenset()):
    facts = gather(Period(DAY, as_at), as_at=as_at, calendar=current(), without=without)
    return sections.actions(facts) | {"code": "actions", "title": "Actions", "commentary": "Ours."}


def test_what_the_executive_reads_and_what_somebody_behind_a_wall_does_not(cast):
    by, as_at = cast.business_manager, DAY + timedelta(days=70)
    ours = action_at(Status.OPEN, origin=case_origin(now=NOW), now=NOW, due_on=DAY + timedelta(days=7))
    other = action_at(Status.OPEN, now=NOW, text="Other.", due_on=DAY + timedelta(days=90))
    action_at(Status.COMPLETE, now=NOW, text="Done.", due_on=DAY + timedelta(days=9))
    action_at(Status.PROPOSED, now=NOW, text="Not agreed.")
    raised = workflow.escalate(action=ours, level=Level.EXECUTIVE, reason=f"{CHILD_NAME} waits.", by=by, now=NOW)
    workflow.escalate(action=other, level=Level.CHAIR, reason="No reply.", by=by, now=NOW)
    found = section(as_at)
    case = ours.referral.reference
    escalated, totals = found["tables"]
    assert found["paragraphs"] == ["2 actions open, 1 late; 2 escalations wait for an answer."]
    assert [(row["case"], row["cells"][0], row["cells"][3], row["cells"][6]) for row in escalated["rows"]] == [
        (case, ours.reference, "Red", "The reason names somebody; it is in the action."),
        ("", other.reference, "Green", "No reply."),
    ]
    assert [row["cells"] for row in totals["rows"]] == [["Schools", "1", "0", "1", "2"]]
    assert "blue: 1" in totals["caption"]
    frozen = {"sections": [found]}
    assert cases_in(frozen) == {case}
    assert for_reader(frozen, cast.walled)["sections"][0]["paragraphs"] == found["paragraphs"]
    wall_off(ours.referral, cast.walled, now=timezone.now())
    read = for_reader(frozen, cast.walled)["sections"][0]
    assert (read["paragraphs"], read["tables"], read["chart"]) == ([], [], None)
    live = section(as_at, without=frozenset({case}))
    assert live["paragraphs"] == ["1 action open, 0 late; 1 escalation waits for an answer."]
    assert ours.reference not in str(live)
    workflow.answer(escalation=raised, text="Seen to.", by=cast.partner_la, now=NOW)
    assert len(section(as_at)["tables"][0]["rows"]) == 1


def test_totals_alone_count_for_the_wall_too(cast):
    """An action that no row names is still counted: whoever may not see its case gets no totals."""
    action = action_at(Status.OPEN, origin=case_origin(now=NOW), now=NOW, due_on=DAY + timedelta(days=7))
    wall_off(action.referral, cast.walled, now=timezone.now())
    frozen = {"sections": [section(DAY)]}
    assert for_reader(frozen, cast.walled)["sections"][0]["tables"] == []
    assert for_reader(frozen, cast.chair)["sections"][0]["tables"] != []
