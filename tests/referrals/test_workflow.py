"""References, clocks, screenings, walls: what the workflow promises, with real dates."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from notifications.models import Message
from referrals import workflow
from referrals.choices import Decision, Kind
from referrals.models import Child, ReferenceCounter, Referral, Screening
from referrals.states import Status
from referrals.workflow.recording import pseudonym
from tests.cast import make_cast
from tests.referrals.factories import (
    invite,
    looked_after_child_facts,
    make_draft,
    make_referral,
    referral_at,
    screen,
    screening_facts,
    wall_off,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday


def test_references_count_up_within_their_year(cast):
    assert [make_referral(now=NOW).reference for _ in range(2)] == ["CSPR-2026-001", "CSPR-2026-002"]
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    assert make_referral(now=new_year).reference == "CSPR-2027-001"
    assert make_referral(now=NOW).reference == "CSPR-2026-003"


def test_a_failed_recording_uses_up_no_number(cast):
    draft = make_draft(now=NOW)

    @transaction.atomic
    def record_and_fail():
        workflow.record_referral(draft=draft, by=cast.business_manager, now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        record_and_fail()
    draft.refresh_from_db()
    assert (draft.status, draft.reference) == (Status.DRAFT, "")
    assert make_referral(now=NOW).reference == "CSPR-2026-001"


def test_an_incomplete_draft_says_what_is_missing(cast):
    draft = workflow.start_draft(kind=Kind.SIN, by=cast.member, now=NOW)
    with pytest.raises(WorkflowError, match=r"Select the nature of the incident.*Add at least one child"):
        workflow.record_referral(draft=draft, by=cast.member, now=NOW)
    assert not ReferenceCounter.objects.filter(last__gt=0).exists()


@pytest.mark.parametrize(("number", "name"), [(0, "Child A"), (25, "Child Z"), (26, "Child A1"), (52, "Child A2")])
def test_pseudonyms_do_not_run_out(number, name):
    assert pseudonym(number) == name


def test_the_index_child_is_child_a_and_characteristics_are_frozen(cast):
    case = make_referral(
        now=NOW, incident={"incident_on": date(2026, 11, 20)},
        children=[{"name": "Sage Invented"}, {"is_index": True, "date_of_birth": date(2024, 12, 21)}],
    )  # fmt: skip
    first, second = case.children.order_by("pseudonym")
    assert (first.pseudonym, first.position, first.is_index) == ("Child A", 2, True)
    assert (second.pseudonym, second.position) == ("Child B", 1)
    assert first.snapshot["age"] == "22 months"
    assert first.snapshot["ethnicity"] == "White: English, Welsh, Scottish, Northern Irish or British"
    assert first.snapshot["legal_status"] == "Child in need"
    assert "name" not in first.snapshot


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 5, 4), date(2026, 5, 3), "7 years"),
        (date(2018, 5, 4), date(2026, 5, 4), "8 years"),
        (date(2024, 2, 29), date(2025, 2, 27), "11 months"),
        (date(2026, 10, 26), date(2026, 11, 25), "under 1 month"),
        (date(2026, 10, 25), date(2026, 11, 25), "1 month"),
        (date(2026, 11, 26), date(2026, 11, 25), ""),
    ],
)
def test_age_is_derived(born, day, age):
    assert Child(date_of_birth=born).age_on(day) == age


def test_the_clocks_of_a_notification_count_from_awareness_over_christmas(cast):
    aware = date(2026, 12, 22)
    case = make_referral(
        now=datetime(2026, 12, 23, 9, tzinfo=UTC), dates={"partnership_aware_on": aware, "la_aware_on": aware},
        incident={"incident_on": aware},
    )  # fmt: skip
    # 23, 24, (25 Christmas, 28 substitute) 29, 30, 31
    assert [(c.code, c.due_on) for c in case.clocks] == [
        ("notify-national-panel", date(2026, 12, 31)),
        ("inform-partners", date(2026, 12, 31)),
    ]


def test_a_referral_starts_no_clock_until_screening_finds_it_notifiable(cast):
    case = make_referral(now=NOW, kind=Kind.REFERRAL)
    assert case.clocks == []
    screen(case, Decision.RAPID_REVIEW, by=cast.chair, now=NOW)
    case = Referral.objects.get()
    assert {c.code: c.trigger_on for c in case.clocks} == {
        "notify-national-panel": date(2026, 11, 25),
        "inform-partners": date(2026, 11, 25),
    }


def test_the_death_of_a_looked_after_child_starts_its_own_clock(cast):
    case = make_referral(now=NOW, children=[{}, looked_after_child_facts(name="Sage Invented")])
    assert [c.code for c in case.clocks][-1] == "looked-after-death"
    harmed = make_referral(now=NOW, children=[looked_after_child_facts() | {"outcome": "harmed"}])
    assert harmed.looked_after_clock is None


def test_dates_known_at_recording_complete_their_clocks(cast):
    case = make_referral(now=NOW, dates={"notified_on": date(2026, 11, 24), "partners_informed_on": date(2026, 11, 25)})
    assert [c.completed_on for c in case.clocks] == [date(2026, 11, 24), date(2026, 11, 25)]


def sent(case, by, on=date(2026, 11, 25), now=NOW, **facts):
    return workflow.record_notification_sent(
        referral=case, sent_on=on, sin_reference="SIN-1", by=by, now=now, **facts
    )  # fmt: skip


def test_recording_the_notification_stops_its_clock_and_twice_is_quiet(cast):
    case = make_referral(now=NOW)
    for _ in range(2):
        case = sent(case, cast.member)
    assert (case.notify_clock.completed_on, case.notified_on) == (date(2026, 11, 25), date(2026, 11, 25))
    assert Event.objects.filter(verb="referral.notified").count() == 1
    with pytest.raises(WorkflowError, match="recorded already that the notification was sent on 25 November 2026"):
        sent(case, cast.member, on=date(2026, 11, 24))


def test_a_late_notification_needs_its_reason(cast):
    case = make_referral(now=NOW)  # aware on the 23rd, due on the 30th
    later = NOW + timedelta(days=6)
    with pytest.raises(WorkflowError, match="it is late"):
        sent(case, cast.member, on=date(2026, 12, 1), now=later)
    case.refresh_from_db()
    assert case.notified_on is None
    case = sent(case, cast.member, on=date(2026, 12, 1), now=later, late_reason="Sickness.", told="National Panel")
    assert case.notify_clock.was_late
    assert Event.objects.about(case.reference).first().sentence.endswith("It was late.")


@pytest.mark.parametrize(
    ("on", "error"),
    [(date(2026, 11, 26), "cannot be in the future"), (date(2026, 11, 22), "before the local authority became aware")],
)
def test_a_notification_on_an_impossible_day_is_refused(cast, on, error):
    with pytest.raises(WorkflowError, match=error):
        sent(make_referral(now=NOW), cast.member, on=on)


def test_partners_and_regulators_are_recorded_too(cast):
    case = make_referral(now=NOW, children=[looked_after_child_facts()])
    day = date(2026, 11, 25)
    workflow.record_partners_informed(referral=case, informed_on=day, by=cast.member, now=NOW)
    workflow.record_regulators_told(referral=case, told_on=day, by=cast.member, now=NOW)
    case = Referral.objects.get()
    assert [c.completed_on for c in case.clocks] == [None, day, day]


def test_screening_to_a_rapid_review_accepts_the_case(cast):
    case = make_referral(now=NOW)
    screen(case, Decision.RAPID_REVIEW, by=cast.chair, now=NOW)
    case.refresh_from_db()
    assert (case.status, case.accepted_on) == (Status.ACCEPTED, date(2026, 11, 25))
    assert case.whose_move == "Business manager, to open the rapid review"


@pytest.mark.parametrize(
    ("over", "serious", "notifiable"),
    [
        ({}, True, True),
        ({"abuse": "neither"}, False, False),
        ({"harm": "neither"}, False, False),
        ({"whereabouts": "outside_england", "whereabouts_reasons": "On holiday; lives in the area."}, True, True),
        ({"whereabouts": "neither", "whereabouts_reasons": "Lives elsewhere."}, True, False),
    ],
)
def test_the_two_tests_of_a_screening(cast, over, serious, notifiable):
    screen(make_referral(), Decision.RAPID_REVIEW, by=cast.chair, **over)
    found = Screening.objects.get()
    assert (found.is_serious_case, found.is_notifiable) == (serious, notifiable)


@pytest.mark.parametrize(
    ("decision", "over", "error"),
    [
        (Decision.NOT_MET, {"abuse": "known"}, "cannot be that"),
        (Decision.PANEL, {"abuse": "known"}, "is notifiable"),
        (Decision.MORE_INFORMATION, {"information_wanted": " "}, "which information"),
        (Decision.REDIRECT, {"route": ""}, "right route"),
        (Decision.RAPID_REVIEW, {"reasons": "  "}, "reasons for the outcome"),
        (Decision.RAPID_REVIEW, {"whereabouts": "neither"}, "where it happened"),
        (Decision.RAPID_REVIEW, {"whereabouts": "outside_england"}, "where it happened"),
        (Decision.RAPID_REVIEW, {"institution": ""}, "Say whether this circumstance is there: an institutional"),
        (Decision.RAPID_REVIEW, {"single_agency_reasons": " "}, "reasons about this circumstance: concern about a"),
        (Decision.RAPID_REVIEW, {"several_areas_reasons": ""}, "reasons about this circumstance: more than one"),
    ],
)
def test_a_screening_that_contradicts_itself_is_refused(cast, decision, over, error):
    case = make_referral(kind=Kind.REFERRAL)
    with pytest.raises(WorkflowError, match=error):
        screen(case, decision, by=cast.chair, **over)
    case.refresh_from_db()
    assert case.status == Status.RECORDED
    assert not Screening.objects.exists()


def test_a_second_screening_by_double_click_is_the_first_one(cast):
    case = make_referral(now=NOW)
    facts = screening_facts(Decision.NOT_MET)
    first = workflow.screen(referral=case, facts=facts, by=cast.chair, now=NOW)
    assert workflow.screen(referral=case, facts=facts, by=cast.chair, now=NOW) == first
    with pytest.raises(WorkflowError, match="criteria not met, so it is not possible"):
        workflow.screen(referral=case, facts=screening_facts(), by=cast.business_manager, now=NOW)


def test_not_met_ends_the_duty_to_notify_but_not_that_to_tell_of_a_looked_after_death(cast):
    case = make_referral(now=NOW, children=[looked_after_child_facts()])
    screen(case, Decision.NOT_MET, by=cast.chair, now=NOW)
    case = Referral.objects.get()
    assert [c.is_running for c in case.clocks] == [False, False, True]
    assert case.notify_clock.withdrawn_on == date(2026, 11, 25)
    workflow.record_regulators_told(referral=case, told_on=date(2026, 11, 25), by=cast.member, now=NOW)


def test_a_withdrawn_case_keeps_its_reason_and_runs_no_clock(cast):
    case = make_referral(now=NOW)
    for _ in range(2):
        workflow.withdraw(referral=case, reason="Recorded twice.", by=cast.chair, now=NOW)
    case = Referral.objects.get()
    assert (case.closing_reason, case.closed_by) == ("Recorded twice.", cast.chair)
    assert not any(c.is_running for c in case.clocks)
    assert Event.objects.filter(verb="referral.withdrawn").count() == 1


def test_the_business_manager_does_not_wall_themself_off_by_mistake(cast):
    case = make_referral()
    with pytest.raises(WorkflowError, match="close the case to yourself"):
        wall_off(case, cast.business_manager)
    workflow.record_conflict(
        referral=case, member=cast.business_manager, kind="personal", reason="A neighbour.",
        by=cast.business_manager, now=timezone.now(), sure=True,
    )  # fmt: skip
    assert not Referral.objects.visible_to(cast.business_manager).exists()


def test_somebody_must_be_left_to_manage_the_case(cast):
    case = make_referral()
    wall_off(case, cast.chair)
    wall_off(case, cast.deputy_chair)
    with pytest.raises(WorkflowError, match="Nobody would be left"):
        workflow.record_conflict(
            referral=case, member=cast.business_manager, kind="personal", reason="A neighbour.",
            by=cast.business_manager, now=timezone.now(), sure=True,
        )  # fmt: skip


def test_a_conflict_is_recorded_once_and_ended_once(cast):
    case = make_referral()
    conflict = wall_off(case, cast.walled)
    assert wall_off(case, cast.walled) == conflict
    for _ in range(2):
        workflow.end_conflict(conflict=conflict, reason="Left.", by=cast.chair, now=timezone.now())
    assert Event.objects.filter(verb="referral.conflict_ended").count() == 1
    assert wall_off(case, cast.walled) != conflict


def test_only_representatives_without_a_conflict_are_invited_and_only_once(cast):
    case = make_referral()
    with pytest.raises(WorkflowError, match="not an invited representative"):
        invite(case, cast.member)
    first = invite(case, cast.invited)
    assert invite(case, cast.invited) == first
    assert Message.objects.filter(kind="case-invitation", recipient=cast.invited).count() == 1
    wall_off(case, cast.contributor)
    with pytest.raises(WorkflowError, match="conflict of interest"):
        invite(case, cast.contributor)


def test_members_do_not_manage_access(cast):
    with pytest.raises(NotPermitted):
        wall_off(make_referral(), cast.walled, by=cast.member)


def test_a_walled_person_cannot_lead(cast):
    case = make_referral()
    wall_off(case, cast.walled)
    with pytest.raises(WorkflowError, match="cannot lead it"):
        workflow.assign_lead(referral=case, lead=cast.walled, by=cast.chair, now=timezone.now())


def test_nobody_is_mailed_about_what_they_did_themselves(cast):
    make_referral(by=cast.business_manager, lead=cast.member)
    assert [mail.recipient for mail in Message.objects.all()] == [cast.member]


@pytest.mark.django_db(transaction=True)
def test_recorded_at_the_same_moment_cases_get_different_numbers_without_a_gap():
    people = make_cast()
    drafts = [make_draft(now=NOW) for _ in range(4)]
    found, start = [], threading.Barrier(4)

    def record(draft):
        start.wait()
        try:
            found.append(workflow.record_referral(draft=draft, by=people.business_manager, now=NOW).reference)
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"CSPR-2026-00{n}" for n in (1, 2, 3, 4)]


def test_the_status_of_a_review_is_written_from_above(cast):
    case = referral_at(Status.UNDER_REVIEW)
    workflow.stop_rapid_review(referral=case, reason="Criteria found not met.", by=cast.chair, now=timezone.now())
    case.refresh_from_db()
    assert (case.status, case.closing_reason) == (Status.WITHDRAWN, "Criteria found not met.")
