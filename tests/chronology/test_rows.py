"""Adding, changing, withdrawing, releasing: who may, what is kept, what a contributor by link can do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from chronology import workflow
from chronology.models import Row
from core.errors import NotPermitted, UnguardedWrite, WorkflowError
from referrals.choices import Precision
from referrals.workflow.base import ChangedMeanwhileError, fingerprint
from tests.chronology.factories import add, make_case, row_facts
from tests.referrals.factories import wall_off

KIT = "Kit Invented, Inventshire Hospital Trust"


@pytest.fixture
def case(cast):
    return make_case(2)


def test_a_member_adds_a_row_and_the_trail_says_who(case, cast):
    row = workflow.add_row(
        referral=case, agency=cast.agencies.police, facts=row_facts(), by=cast.member, now=timezone.now()
    )
    assert row.created_label == "Mel Sample"
    event = Event.objects.about(case.reference).filter(verb="chronology.row_added").get()
    assert event.sentence == "Mel Sample added a row to the chronology, for Police."
    assert event.actor == cast.member


def test_a_contributor_without_an_account_is_named_in_row_and_trail(case, cast):
    row = workflow.add_row(
        referral=case, agency=cast.agencies.hospital, facts=row_facts(), by=None, by_label=KIT,
        source_key="return:1:v1", release=False, now=timezone.now(),
    )  # fmt: skip
    assert (row.created_by, row.created_label, row.released_at) == (None, KIT, None)
    assert Event.objects.filter(verb="chronology.row_added").get().sentence.startswith(KIT)


@pytest.mark.parametrize("source_key", ["", "import:3"])
def test_nobody_without_an_account_writes_as_the_panel(case, cast, source_key):
    with pytest.raises(NotPermitted):
        workflow.add_row(referral=case, agency=None, facts=row_facts(), by=None, by_label=KIT, source_key=source_key,
                         now=timezone.now())  # fmt: skip
    assert not Row.objects.exists()


def test_nobody_writes_without_a_name(case, cast):
    with pytest.raises(NotPermitted, match="name"):
        workflow.add_row(referral=case, agency=None, facts=row_facts(), by=None, by_label=" ",
                         source_key="return:1:v1", now=timezone.now())  # fmt: skip


@pytest.mark.parametrize("person", ["partner_la", "scrutineer", "invited", "outsider", "walled"])
def test_others_may_not_write(case, cast, person):
    wall_off(case, cast.walled)
    with pytest.raises(NotPermitted):
        workflow.add_row(referral=case, agency=None, facts=row_facts(), by=getattr(cast, person), now=timezone.now())
    assert not Row.objects.exists()


def test_rows_are_seen_by_those_who_see_the_case_only(case, cast):
    add(case, cast.agencies.police, date(2025, 1, 1))
    wall_off(case, cast.walled)
    assert Row.objects.visible_to(cast.member).count() == 1
    assert not Row.objects.visible_to(cast.walled).exists()
    assert not Row.objects.visible_to(cast.outsider).exists()


def test_nothing_writes_rows_but_the_workflow(case, cast):
    row = add(case, cast.agencies.police, date(2025, 1, 1))
    row.event = "Other"
    for write in (row.save, row.delete, lambda: Row.objects.update(event="Other"), Row.objects.all().delete):
        with pytest.raises(UnguardedWrite):
            write()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"event": "  "}, "Say what happened."),
        ({"day": timezone.localdate() + timedelta(days=2)}, "future"),
        ({"precision": Precision.MONTH, "happened_time": timezone.datetime(2025, 1, 1, 9).time()}, "needs a day"),
        ({"concerns_all": False}, "which children"),
        ({"event": "x" * 10_001}, "longer than"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(case, cast, facts, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        workflow.add_row(referral=case, agency=None, facts=row_facts(**facts), by=cast.member, now=timezone.now())


def test_a_child_of_another_case_is_refused(case, cast):
    other = make_case(1).children.get()
    with pytest.raises(WorkflowError, match="not in this case"):
        add(case, None, date(2025, 1, 1), children=[other])


def test_a_month_is_held_by_its_first_day(case, cast):
    row = add(case, None, date(2019, 3, 17), precision=Precision.MONTH)
    assert row.happened_on == date(2019, 3, 1)


def test_a_change_keeps_history_and_saving_the_same_again_is_quiet(case, cast):
    row = add(case, None, date(2025, 1, 1), "First words.")
    facts = row_facts(date(2025, 1, 2), "Other words.", concerns_all=False, children=(case.children.first(),))
    for _ in range(2):
        workflow.change_row(row=row, facts=facts, by=cast.member, now=timezone.now())
    row.refresh_from_db()
    assert (row.event, row.order) == ("Other words.", 202501020000)
    assert [child.pseudonym for child in row.children.all()] == ["Child A"]
    assert [event.event for event in row.events.order_by("pgh_id")] == ["First words.", "Other words."]
    assert Event.objects.filter(verb="chronology.row_changed").count() == 1


def test_two_windows_do_not_overwrite_each_other(case, cast):
    row = add(case, None, date(2025, 1, 1), "First words.")
    seen = fingerprint(workflow.comparable(row_facts(date(2025, 1, 1), "First words.")))
    workflow.change_row(row=row, facts=row_facts(event="Hers."), seen=seen, by=cast.member, now=timezone.now())
    with pytest.raises(ChangedMeanwhileError):
        workflow.change_row(row=row, facts=row_facts(event="His."), seen=seen, by=cast.chair, now=timezone.now())
    row.refresh_from_db()
    assert row.event == "Hers."


def test_a_row_of_a_return_is_changed_by_that_return_only(case, cast):
    row = workflow.add_row(
        referral=case, agency=cast.agencies.hospital, facts=row_facts(), by=None, by_label=KIT,
        source_key="return:1:v1", release=False, now=timezone.now(),
    )  # fmt: skip
    change = {"row": row, "facts": row_facts(event="Changed."), "now": timezone.now()}
    with pytest.raises(NotPermitted):
        workflow.change_row(**change, by=None, by_label="Other", source_key="return:2:v1")
    with pytest.raises(WorkflowError, match="came with"):
        workflow.change_row(**change, by=cast.business_manager)
    workflow.change_row(**change, by=None, by_label=KIT, source_key="return:1:v1")
    workflow.release_rows(referral=case, source_key="return:1:v1", by=None, by_label=KIT, now=timezone.now())
    with pytest.raises(WorkflowError, match="new version"):
        workflow.change_row(**change, by=None, by_label=KIT, source_key="return:1:v1")


def test_unreleased_rows_are_not_merged_and_a_new_version_replaces_the_old(case, cast):
    now = timezone.now()
    writer = {"referral": case, "by": None, "by_label": KIT, "now": now}
    workflow.add_row(
        agency=cast.agencies.hospital, facts=row_facts(), source_key="return:1:v1", release=False, **writer
    )
    assert not Row.objects.merged().exists()
    assert workflow.release_rows(source_key="return:1:v1", **writer) == 1
    assert workflow.release_rows(source_key="return:1:v1", **writer) == 0
    assert workflow.copy_rows(from_source="return:1:v1", to_source="return:1:v2", **writer) == 1
    assert workflow.copy_rows(from_source="return:1:v1", to_source="return:1:v2", **writer) == 0
    workflow.release_rows(source_key="return:1:v2", supersedes="return:1:v1", **writer)
    assert [row.source_key for row in Row.objects.merged()] == ["return:1:v2"]
    old = Row.objects.get(source_key="return:1:v1")
    assert old.withdrawn_label == KIT  # there still, with who and when


def test_a_withdrawn_row_stays_with_its_reason(case, cast):
    row = add(case, None, date(2025, 1, 1))
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.withdraw_row(row=row, reason=" ", by=cast.member, now=timezone.now())
    for _ in range(2):
        workflow.withdraw_row(row=row, reason="Another family.", by=cast.member, now=timezone.now())
    row.refresh_from_db()
    assert (row.withdrawn_reason, row.withdrawn_by) == ("Another family.", cast.member)
    assert not Row.objects.merged().exists()
    with pytest.raises(WorkflowError, match="was withdrawn"):
        workflow.change_row(row=row, facts=row_facts(), by=cast.member, now=timezone.now())


def test_key_practice_episodes(case, cast):
    row = add(case, None, date(2025, 1, 1))
    with pytest.raises(WorkflowError, match="title"):
        workflow.mark_key_episode(row=row, title="", by=cast.member, now=timezone.now())
    row = workflow.mark_key_episode(row=row, title="The first bruise", by=cast.member, now=timezone.now())
    assert (row.is_key_episode, row.key_title, row.key_by) == (True, "The first bruise", cast.member)
    row = workflow.unmark_key_episode(row=row, by=cast.member, now=timezone.now())
    assert (row.is_key_episode, row.key_title, row.key_by, row.key_at) == (False, "", None, None)
    with pytest.raises(NotPermitted):
        workflow.mark_key_episode(row=row, title="Mine", by=cast.scrutineer, now=timezone.now())
