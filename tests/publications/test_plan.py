"""The plan is counted back; moving its day, or a new bank holiday, moves it and tells the people concerned."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.errors import WorkflowError
from deadlines import calendar
from deadlines.workflow import proclaim_holiday
from notifications.models import Message
from practice_reviews.choices import Kind
from publications import plan, workflow
from publications.choices import COPIES, MoveCause, StepKind
from publications.models import Publication, PublicationMove
from publications.needs import needs
from publications.page import rows_of
from publications.states import Status
from tests.publications.factories import (
    planned,
    publication_at,
    review,
    save_strategy,
    send_copies,
    switch_on,
    with_words,
)
from tests.referrals.factories import SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-03-02T10:00:00+00:00")  # a Monday
DAY = date(2026, 5, 20)  # a Wednesday; 4 May 2026 is a bank holiday
NEW_HOLIDAY = date(2026, 5, 14)


@pytest.fixture
def publication(cast):
    return planned(review(now=NOW), on=DAY, now=NOW)


def dates(publication):
    return dict(publication.steps.values_list("kind", "due_on"))


def test_each_step_is_counted_from_the_planned_day(publication):
    assert dates(publication) == {
        StepKind.STRATEGY: date(2026, 4, 21), StepKind.APPROVAL_LA: date(2026, 4, 28),
        StepKind.APPROVAL_ICB: date(2026, 4, 28), StepKind.APPROVAL_POLICE: date(2026, 4, 28),
        StepKind.FAMILY: date(2026, 5, 6), StepKind.AGENCIES: date(2026, 5, 6),
        StepKind.COPY_NATIONAL_PANEL: date(2026, 5, 11), StepKind.COPY_SECRETARY: date(2026, 5, 11),
        StepKind.STAFF: date(2026, 5, 13), StepKind.COMMS: date(2026, 5, 18), StepKind.GO_LIVE: DAY,
        StepKind.REPOSITORY: date(2026, 5, 28), StepKind.AVAILABLE: date(2027, 5, 20),
    }  # fmt: skip
    assert publication.copy_clock.due_on == date(2026, 5, 11)
    assert publication.day_items.count() == 8


def test_a_review_of_another_kind_has_no_statutory_step(cast):
    found = planned(review(Kind.AUDIT, now=NOW, number=2), on=DAY, now=NOW)
    assert found.copy_clock is None
    assert not {*COPIES, StepKind.AVAILABLE, StepKind.REPOSITORY} & set(dates(found))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2026, 5, 4), "no working day"), (date(2026, 5, 23), "Saturday"), (date(2026, 3, 1), "has passed")],
)
def test_a_day_on_which_nobody_publishes_is_refused(cast, publication, day, sentence):
    for attempt in (
        lambda: planned(review(Kind.AUDIT, now=NOW, number=2), on=day, now=NOW),
        lambda: workflow.move_date(publication=publication, to=day, reason="So.", by=cast.chair, now=NOW),
    ):
        with pytest.raises(WorkflowError, match=sentence):
            attempt()


def test_a_proclaimed_bank_holiday_moves_the_plan_and_tells_the_people(cast, publication, settings):
    """Acceptance: the real proclamation; what is done stays, what is walled off is not told, mail names nobody."""
    settings.MAIL_HOURS = "always"
    save_strategy(publication, now=NOW)
    wall_off(publication.practice_review.referral, cast.partner_police, by=cast.business_manager, now=NOW)
    family = publication.steps.get(kind=StepKind.FAMILY)
    workflow.complete_step(step=family, done_on=NOW.date(), by=cast.chair, now=NOW)
    before = dates(publication)
    proclaim_holiday(
        date=NEW_HOLIDAY, title="Bank holiday for a jubilee", reason="Proclaimed", by=cast.business_manager, now=NOW
    )
    publication.refresh_from_db()
    moved = {kind: (was, dates(publication)[kind]) for kind, was in before.items() if dates(publication)[kind] != was}
    assert set(moved) == {
        StepKind.STRATEGY, StepKind.APPROVAL_LA, StepKind.APPROVAL_ICB, StepKind.APPROVAL_POLICE, StepKind.AGENCIES,
        *COPIES, StepKind.STAFF,
    }  # fmt: skip
    assert moved[StepKind.COPY_NATIONAL_PANEL] == (date(2026, 5, 11), date(2026, 5, 8))
    assert publication.copy_clock.due_on == date(2026, 5, 8)
    assert publication.planned_on == DAY
    assert [(one.cause, one.by) for one in publication.moves.all()] == [(MoveCause.CALENDAR, cast.business_manager)]
    told = Message.objects.filter(kind="publication-moved")
    people = {cast.business_manager, cast.chair, cast.partner_la, cast.partner_icb}
    assert set(told.filter(recipient__isnull=False).values_list("recipient", flat=True)) == {p.pk for p in people}
    leads = {f"comms.{partner}@agency.example" for partner in ("la", "icb", "police")}
    assert set(told.filter(recipient=None).values_list("address", flat=True)) == leads
    text = told.first().text
    assert "Fri 8 May 2026: Copy to the national Panel" in text
    assert "Bank holiday for a jubilee" in text
    assert SECRET not in text + told.first().subject
    assert not Message.objects.filter(kind="deadline-moved", text__contains="Copy the full report").exists()


def test_a_holiday_that_moves_only_local_steps_is_told_too(cast, publication):
    """No clock moves here: the plan is counted again all the same."""
    proclaim_holiday(date=date(2026, 4, 30), title="Holiday", reason="Proclaimed", by=None, now=NOW)
    publication.refresh_from_db()
    assert publication.copy_clock.due_on == date(2026, 5, 11)
    assert dates(publication)[StepKind.APPROVAL_LA] == date(2026, 4, 27)
    assert Message.objects.filter(kind="publication-moved").exists()
    proclaim_holiday(date=date(2026, 12, 1), title="Far away", reason="Proclaimed", by=None, now=NOW)
    assert publication.moves.count() == 1


def test_a_planned_day_that_becomes_a_holiday_asks_for_another(cast, publication):
    proclaim_holiday(date=DAY, title="Day of mourning", reason="Proclaimed", by=None, now=NOW)
    publication.refresh_from_db()
    assert publication.planned_on == DAY
    assert "no working day any more (Day of mourning)" in Message.objects.filter(kind="publication-moved").first().text
    asked = [need for need in needs(cast.chair, NOW.date()) if need.what == "Choose another day of publication"]
    assert [need.about for need in asked] == [publication.reference]


def test_moving_the_date_moves_the_plan_keeps_why_and_tells(cast, publication, sign_in):
    to = date(2026, 6, 10)
    url = f"/publications/{publication.reference}/move/"
    parts = {"to_0": "10", "to_1": "6", "to_2": "2026"}
    with time_machine.travel(NOW):
        bm = sign_in(cast.business_manager)
        page = bm.post(url, parts | {"look": "1"}).content.decode()
        without_reason = bm.post(url, parts | {"save": "1"}).content.decode()
    assert "With publication on Wednesday 10 June 2026" in page
    publication.refresh_from_db()
    assert publication.planned_on == DAY, "looking changes nothing"
    assert "Enter why it is moved" in without_reason
    workflow.move_date(publication=publication, to=to, reason=f"Inquest of {SECRET}.", by=cast.chair, now=NOW)
    publication.refresh_from_db()
    assert publication.planned_on == to
    assert publication.copy_clock.due_on == date(2026, 6, 1)
    assert dates(publication)[StepKind.GO_LIVE] == to
    moved = PublicationMove.objects.get()
    assert (moved.from_on, moved.to_on, moved.by) == (DAY, to, cast.chair)
    letters = Message.objects.filter(kind="publication-moved")
    assert letters.count() == 5
    assert all(SECRET not in letter.text for letter in letters)
    workflow.move_date(publication=publication, to=to, reason="Again.", by=cast.chair, now=NOW)
    assert PublicationMove.objects.count() == 1


def test_moving_it_nearer_says_what_no_longer_fits(cast, publication):
    sent = datetime.fromisoformat("2026-05-08T10:00:00+01:00")
    send_copies(publication, on=sent.date(), now=sent)
    publication.refresh_from_db()
    assert publication.copy_clock.completed_on == sent.date()
    lines = plan.lines(publication.steps.all(), date(2026, 5, 15), calendar.current(), today=timezone.localdate(sent))
    from_page = {line.step.kind: line.problem for line in lines}
    assert "The copy was sent on Friday 8 May 2026" in from_page[StepKind.COPY_NATIONAL_PANEL]
    assert "that day has passed" in from_page[StepKind.STRATEGY]
    assert from_page[StepKind.COMMS] == ""


def test_fewer_than_seven_clear_days_are_warned_of(publication):
    """On the last lawful day only six clear working days are left."""
    lines = plan.lines(publication.steps.all(), DAY, calendar.current(), today=NOW.date())
    copy = next(line for line in lines if line.step.kind == StepKind.COPY_SECRETARY)
    assert "Only 6 clear working days" in copy.warning
    assert copy.problem == ""


def test_a_late_copy_asks_why(cast, publication):
    late = datetime.fromisoformat("2026-05-13T10:00:00+01:00")
    with pytest.raises(WorkflowError, match="so it is late"):
        send_copies(publication, now=late)
    send_copies(publication, now=late, late_reason="The reviewer was ill.", told="National Panel, by phone")
    publication.refresh_from_db()
    assert publication.copy_clock.was_late


def test_a_statutory_step_is_always_needed_and_others_are_not(cast, publication):
    copy, staff = (publication.steps.get(kind=kind) for kind in (StepKind.COPY_SECRETARY, StepKind.STAFF))
    with pytest.raises(WorkflowError, match="always needed"):
        workflow.skip_step(step=copy, reason="No.", by=cast.chair, now=NOW)
    workflow.skip_step(step=staff, reason="Nobody is still there.", by=cast.chair, now=NOW)
    workflow.reopen_step(step=staff, by=cast.chair, now=NOW)
    assert publication.steps.get(kind=StepKind.STAFF).is_open
    live = publication.steps.get(kind=StepKind.GO_LIVE)
    with pytest.raises(WorkflowError, match="settled by what it is about"):
        workflow.complete_step(step=live, done_on=NOW.date(), by=cast.chair, now=NOW)


def test_the_home_page_asks_for_near_steps_and_partners_for_their_agreement(cast, publication):
    near = date(2026, 5, 7)
    asked = {need.what: need for need in needs(cast.business_manager, near)}
    assert asked["Send the full report to the national Panel"].statutory
    assert asked["Inform the family and share the report"].late_on(near)
    assert not needs(cast.member, near)
    assert not needs(cast.partner_la, near)
    switch_on()
    with_words(publication, now=NOW)
    assert [need.what for need in needs(cast.partner_la, near)] == ["Agree to the report and public text"]
    wall_off(publication.practice_review.referral, cast.partner_la, by=cast.business_manager, now=NOW)
    assert not needs(cast.partner_la, near)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_few_questions(cast, number, django_assert_num_queries):
    for n in range(number):
        planned(review(Kind.AUDIT, number=n + 2))
    with django_assert_num_queries(4):
        rows = rows_of(Publication.objects.visible_to(cast.scrutineer))
    assert len(rows) == number
    assert all(row.next_step.kind == StepKind.STRATEGY for row in rows)


def test_what_follows_publication_is_recorded_after_it(cast, sign_in):
    publication, later = publication_at(Status.PUBLISHED)
    step = publication.steps.get(kind=StepKind.REPOSITORY)
    with time_machine.travel(later, tick=False):
        assert reverse("publications:step", args=[publication.reference, step.pk]) in (
            sign_in(cast.chair).get(publication.get_absolute_url()).content.decode()
        )
    who = {"by": cast.business_manager, "now": later}
    assert workflow.complete_step(step=step, done_on=timezone.localdate(later), **who).done_on
    workflow.take_down(publication=publication, reason="A mistake in it.", **who)
    with pytest.raises(WorkflowError):
        workflow.reopen_step(step=step, **who)
    with pytest.raises(WorkflowError):
        workflow.add_step(publication=publication, title="Tell the library", who="", days=1, **who)
