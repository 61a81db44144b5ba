from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.template.loader import render_to_string

from audit import sentences
from audit.models import Event, Link, Seal, Shape
from audit.workflow import record, record_read
from panel.models import Membership, User
from tests.audit.factories import sealed_trail

RAISED = (InternalError, ProgrammingError, ProtectedError)
pytestmark = pytest.mark.django_db


def refused(call) -> str:
    with pytest.raises(RAISED) as caught, transaction.atomic():
        call()
    return str(caught.value)


@pytest.fixture
def event(cast):
    return record(
        "referral.screened", by=cast.chair, obj=cast.member, reference="CSPR-2026-014", text="Why.", outcome="no"
    )


def test_an_event_says_who_what_and_about_which_case(event, cast):
    event.refresh_from_db()
    assert (event.actor, event.actor_label, event.verb) == (cast.chair, "Cora Example", "referral.screened")
    assert (event.object_label, event.object_id) == ("panel.User", str(cast.member.pk))
    assert (event.reference, event.text, event.details) == ("CSPR-2026-014", "Why.", {"outcome": "no"})


def test_the_system_is_an_actor_too():
    assert record("clock.late", by=None).actor_label == "The system"


def test_who_it_was_stays_readable_after_a_change_of_name(event, cast):
    cast.chair.name = "Cora Married"
    cast.chair.save(update_fields=["name"])
    event.refresh_from_db()
    assert event.actor_label == "Cora Example"


def test_every_read_is_recorded(cast):
    for _ in range(2):
        record_read(by=cast.member, obj=cast.chair, reference="CSPR-2026-014")
    assert [e.sentence for e in Event.objects.about("CSPR-2026-014")] == ["Mel Sample read the case."] * 2


def test_about_is_one_case_newest_first(cast):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        record("a.first", by=None, reference="CSPR-2026-014")
        record("a.other", by=None, reference="CSPR-2026-015")
        record("a.none", by=None)
        record("a.second", by=None, reference="CSPR-2026-014")
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=UTC), tick=False):
        record("a.earlier", by=None, reference="CSPR-2026-014")
    assert [e.verb for e in Event.objects.about("CSPR-2026-014")] == ["a.second", "a.first", "a.earlier"]
    assert not Event.objects.about("")


@pytest.mark.parametrize("model", [Event, Link, Seal, Shape])
def test_a_row_of_the_trail_is_neither_changed_nor_removed(cast, model):
    sealed_trail(cast)
    assert model.objects.exists()
    table = model._meta.db_table
    field = {Event: "text", Link: "digest", Seal: "digest", Shape: "table"}[model]
    assert "Cannot" in refused(lambda: model.objects.update(**{field: "forged"}))
    assert "Cannot" in refused(lambda: model.objects.order_by("-pk").first().delete())
    with connection.cursor() as cursor:
        assert "Cannot update or delete" in refused(
            lambda: cursor.execute(f'UPDATE {table} SET "{field}" = %s', ["forged"])
        )
        assert "Cannot update or delete" in refused(lambda: cursor.execute(f"DELETE FROM {table}"))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert "Cannot truncate" in refused(lambda: cursor.execute(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("model", [User.pgh_event_model, Membership.pgh_event_model])
def test_row_history_is_neither_changed_nor_removed(cast, model):
    assert model.objects.exists()
    assert "Cannot" in refused(lambda: model.objects.update(pgh_label="forged"))
    assert "Cannot" in refused(lambda: model.objects.first().delete())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert "Cannot truncate" in refused(lambda: cursor.execute(f"TRUNCATE {model._meta.db_table}"))


def test_a_management_command_does_not_empty_the_trail(event):
    with pytest.raises(CommandError, match="flush"):
        call_command("flush", interactive=False, verbosity=0)
    assert Event.objects.filter(pk=event.pk).exists()


def test_history_keeps_what_was_deleted(cast):
    membership = Membership.objects.get(user=cast.scrutineer)
    key = membership.pk
    membership.delete()
    labels = Membership.pgh_event_model.objects.filter(pgh_obj_id=key).order_by("pgh_id")
    assert list(labels.values_list("pgh_label", flat=True)) == ["insert", "delete"]


@pytest.fixture
def vocabulary(monkeypatch):
    monkeypatch.setattr(sentences, "_sentences", dict(sentences._sentences))
    sentences.register({"test.screened": "{actor} screened the case: {outcome}. {text}"})


def test_a_sentence_of_the_app(vocabulary, cast):
    event = record("test.screened", by=cast.chair, text="No harm.", outcome="not accepted")
    assert event.sentence == "Cora Example screened the case: not accepted. No harm."


def test_an_event_of_an_older_version_stays_readable(vocabulary, cast):
    event = record("test.screened", by=cast.chair, text="Kept.")
    assert event.sentence == "Cora Example: test screened. Kept."


def test_an_unknown_verb_stays_readable(cast):
    assert record("report.sent_off", by=cast.chair).sentence == "Cora Example: report sent off."


def test_dates_are_spoken(vocabulary, cast):
    event = record("test.screened", by=cast.chair, outcome="2026-11-09", text="Kept 2026-11-09.")
    assert event.sentence == "Cora Example screened the case: 9 November 2026. Kept 2026-11-09."


def test_a_verb_has_one_sentence(vocabulary):
    sentences.register({"test.screened": "{actor} screened the case: {outcome}. {text}"})
    with pytest.raises(ValueError, match="already"):
        sentences.register({"test.screened": "{actor} did something else."})


def test_braces_in_what_people_wrote_are_only_text(vocabulary, cast):
    event = record("test.screened", by=cast.chair, text="{actor.password} {0}", outcome="{text}")
    assert event.sentence == "Cora Example screened the case: {text}. {actor.password} {0}"


def test_the_timeline_shows_london_time_and_escapes(vocabulary, cast):
    with time_machine.travel(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), tick=False):
        record("test.screened", by=cast.chair, reference="CSPR-2026-014", text="<b>bold</b>", outcome="yes")
    html = render_to_string("audit/includes/timeline.html", {"events": Event.objects.about("CSPR-2026-014")})
    assert "1 July 2026 at 11:30pm" in html
    assert 'datetime="2026-07-01T23:30:00+01:00"' in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<b>" not in html


def test_an_empty_timeline_says_so():
    assert "Nothing has been recorded yet." in render_to_string("audit/includes/timeline.html", {"events": []})
