"""The seal, against somebody who has the database in hand."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from audit import chain, sealing
from audit.models import Event, Link, Seal, Shape
from audit.sealing import SealBrokenError
from audit.tables import sealed_tables
from audit.verify import BrokenError, verify
from audit.workflow import record, seal
from panel.models import Membership, User
from tests.audit.factories import NOW, forge, sealed_trail

USER_HISTORY = User.pgh_event_model._meta.db_table
pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(cast):
    sealed_trail(cast)
    return cast


def broken() -> str:
    """What audit_verify says; it must exit with 1."""
    with pytest.raises(CommandError) as caught:
        call_command("audit_verify", stdout=io.StringIO())
    assert caught.value.returncode == 1
    return str(caught.value)


def link_of(table: str, row_id: int) -> Link:
    return Link.objects.get(table=table, row_id=row_id)


def test_whole(trail):
    out = io.StringIO()
    call_command("audit_verify", stdout=out)
    links = Link.objects.count()
    assert (
        links
        == Event.objects.count()
        + User.pgh_event_model.objects.count()
        + Membership.pgh_event_model.objects.count()
        + others()
    )
    assert f"whole: {links} rows sealed, 0 not sealed yet" in out.getvalue()
    assert f"Anchor: {links}:{Link.objects.last().digest}" in out.getvalue()


def others() -> int:
    """History of seed data that migrations of other apps left."""
    mine = {"audit_event", USER_HISTORY, Membership.pgh_event_model._meta.db_table}
    return Link.objects.exclude(table__in=mine).count()


def test_an_empty_trail_is_whole(db):
    assert verify().links == 0


def test_what_is_not_sealed_yet_is_counted(trail):
    record("case.read", by=None)
    assert verify().unsealed == 1


def test_sealing_again_seals_only_what_is_new(trail):
    before = Link.objects.count()
    assert seal(now=NOW) == 0
    record("case.read", by=None)
    assert seal(now=NOW) == 1
    assert Link.objects.count() == before + 1
    assert Seal.objects.last().last_position == before + 1


def test_a_row_that_committed_late_is_sealed(trail):
    """Its key is lower than those sealed before it."""
    forge(
        "INSERT INTO audit_event (id, at, actor_label, verb, object_label, object_id, reference, text, details) "
        "VALUES (-1 + (SELECT min(id) FROM audit_event), now(), 'x', 'x.y', '', '', '', '', '{}')"
    )
    assert verify().unsealed == 1
    forge("UPDATE audit_event SET id = 0 WHERE id = (SELECT min(id) FROM audit_event)")
    assert seal(now=NOW) == 1
    assert verify().unsealed == 0


def test_more_rows_than_fit_a_batch(trail, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    monkeypatch.setattr("audit.verify.BATCH", 3)
    for _ in range(7):
        record("case.read", by=None)
    assert seal(now=NOW) == 7
    assert verify().links == Link.objects.count()


def test_sealing_is_set_based(trail, django_assert_max_num_queries):
    Event.objects.bulk_create(
        [Event(at=NOW, actor_label="x", verb="case.read", text=str(number)) for number in range(300)]
    )
    with django_assert_max_num_queries(3 * len(sealed_tables())) as captured:
        seal(now=NOW)
    few = len(captured)
    Event.objects.bulk_create(
        [Event(at=NOW, actor_label="x", verb="case.read", text=str(number)) for number in range(900)]
    )
    with django_assert_max_num_queries(few):
        assert seal(now=NOW) == 900


def test_an_event_was_changed(trail):
    event = Event.objects.get(verb="referral.screened")
    assert forge("UPDATE audit_event SET text = 'Not accepted.' WHERE id = %s", event.pk) == 1
    said = broken()
    assert f"Link {link_of('audit_event', event.pk).position}: the row is not what was sealed" in said
    assert f"Table audit_event, row {event.pk}, case CSPR-2026-014." in said


def test_an_event_was_removed(trail):
    event = Event.objects.get(verb="referral.screened")
    forge("DELETE FROM audit_event WHERE id = %s", event.pk)
    said = broken()
    assert "the row is gone" in said
    assert f"Table audit_event, row {event.pk}, case CSPR-2026-014." in said


def test_the_first_fault_is_named(trail):
    first, second = Event.objects.order_by("pk")[:2]
    forge("UPDATE audit_event SET text = 'forged' WHERE id IN (%s, %s)", first.pk, second.pk)
    assert f"row {first.pk}," in broken()


def test_a_history_row_was_changed(trail):
    row = User.pgh_event_model.objects.filter(pgh_obj_id=trail.chair.pk).get()
    record("referral.led", by=None, obj=trail.chair, reference="CSPR-2026-014")
    forge(f"UPDATE {USER_HISTORY} SET job_title = 'Forged' WHERE pgh_id = %s", row.pgh_id)
    said = broken()
    assert f"Table {USER_HISTORY}, row {row.pgh_id}, which tells of panel.User {trail.chair.pk}" in said
    assert "case CSPR-2026-014" in said
    assert "differs from the record itself in: job_title" in said


def test_who_changed_a_record_is_under_seal_too(trail):
    row = User.pgh_event_model.objects.first()
    forge(f"UPDATE {USER_HISTORY} SET pgh_context = '{{\"user\": 1}}' WHERE pgh_id = %s", row.pgh_id)
    assert "is not what was sealed" in broken()


def test_a_history_row_was_removed(trail):
    row = User.pgh_event_model.objects.filter(pgh_obj_id=trail.chair.pk).get()
    forge(f"DELETE FROM {USER_HISTORY} WHERE pgh_id = %s", row.pgh_id)
    said = broken()
    assert (
        f"the row is gone. Table {USER_HISTORY}, row {row.pgh_id}, which tells of panel.User {trail.chair.pk}" in said
    )


def test_a_record_was_changed_with_triggers_disabled(trail):
    record("person.changed", by=None, obj=trail.chair, reference="CSPR-2026-014")
    assert forge("UPDATE panel_user SET name = 'Forged', job_title = 'Forged' WHERE id = %s", trail.chair.pk) == 1
    said = broken()
    assert f"Table panel_user, row {trail.chair.pk}, case CSPR-2026-014: " in said
    assert "not what its newest history row says: job_title, name." in said
    assert "Forged" not in said  # a fault is told without the data


def test_fields_that_are_not_tracked_may_change(trail):
    forge("UPDATE panel_user SET last_login = now() WHERE id = %s", trail.chair.pk)
    assert verify().records > 0


def test_a_record_was_changed_by_sql_with_triggers_on(trail):
    """Then the change is in the history, and that is what the trail is for."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE panel_user SET job_title = 'By hand' WHERE id = %s", [trail.chair.pk])
    assert verify().unsealed == 1


def test_a_record_was_removed_with_triggers_disabled(trail):
    membership = Membership.objects.get(user=trail.scrutineer)
    forge("DELETE FROM panel_membership WHERE id = %s", membership.pk)
    assert f"Table panel_membership, row {membership.pk}, case unknown: the record is gone" in broken()


def test_a_record_was_removed_by_the_application(trail):
    Membership.objects.get(user=trail.scrutineer).delete()
    assert verify().unsealed == 1


def test_a_removed_record_came_back_with_triggers_disabled(trail):
    membership = Membership.objects.get(user=trail.scrutineer)
    key, agency, user = membership.pk, membership.agency_id, membership.user_id
    membership.delete()
    forge(
        "INSERT INTO panel_membership (id, user_id, role, agency_id, from_date) "
        "VALUES (%s, %s, 'scrutineer', %s, now())",
        key, user, agency,
    )  # fmt: skip
    assert "its history tells of its deletion" in broken()


def test_a_record_was_added_with_triggers_disabled(trail):
    forge(
        "INSERT INTO panel_membership (user_id, role, agency_id, from_date) VALUES (%s, 'member', %s, now())",
        trail.outsider.pk, trail.agencies.police.pk,
    )  # fmt: skip
    assert "the record has no history" in broken()


def test_a_link_was_rewritten_to_fit_a_changed_row(trail):
    event = Event.objects.get(verb="referral.screened")
    forge("UPDATE audit_event SET text = 'Not accepted.' WHERE id = %s", event.pk)
    link = link_of("audit_event", event.pk)
    rewrite_row_digest(link)
    forge("UPDATE audit_link SET row_digest = %s WHERE position = %s", link.row_digest, link.position)
    assert f"Link {link.position} was rewritten: its digest is not that of its content" in broken()


def rewrite_row_digest(link: Link) -> None:
    from audit.tables import pinned, rows, sealed_tables  # noqa: PLC0415 - what only a forger calls

    with pinned():
        row = rows(sealed_tables()[link.table], link.shape.columns, [link.row_id])[link.row_id]
    link.row_digest = chain.row_digest(row)


def test_a_link_was_rewritten_with_its_digest(trail):
    event = Event.objects.get(verb="referral.recorded")
    forge("UPDATE audit_event SET text = 'forged' WHERE id = %s", event.pk)
    link = link_of("audit_event", event.pk)
    rewrite_row_digest(link)
    forge(
        "UPDATE audit_link SET row_digest = %s, digest = %s WHERE position = %s",
        link.row_digest, sealing.digest_of(link), link.position,
    )  # fmt: skip
    assert f"Link {link.position + 1} does not follow from link {link.position}" in broken()


def rewrite_from(position: int) -> None:
    """All links from `position` on, made to fit what the rows say now, seals too: the whole chain forged."""
    previous = Link.objects.filter(position=position - 1).values_list("digest", flat=True).first() or chain.ORIGIN
    for link in Link.objects.filter(position__gte=position).order_by("position"):
        rewrite_row_digest(link)
        link.previous = previous
        previous = link.digest = sealing.digest_of(link)
        forge(
            "UPDATE audit_link SET row_digest = %s, previous = %s, digest = %s WHERE position = %s",
            link.row_digest, link.previous, link.digest, link.position,
        )  # fmt: skip


def test_the_chain_was_rewritten_to_its_end(trail):
    event = Event.objects.get(verb="referral.recorded")
    position = link_of("audit_event", event.pk).position
    forge("UPDATE audit_event SET text = 'forged' WHERE id = %s", event.pk)
    rewrite_from(position)
    assert "is not the one that its seal names: the chain was rewritten" in broken()


def test_chain_and_seals_were_rewritten(trail):
    """Nothing inside the database can tell; the anchor of an earlier run, kept elsewhere, does."""
    whole = verify()
    event = Event.objects.get(verb="referral.recorded")
    forge("UPDATE audit_event SET text = 'forged' WHERE id = %s", event.pk)
    rewrite_from(link_of("audit_event", event.pk).position)
    forge("UPDATE audit_seal s SET digest = l.digest FROM audit_link l WHERE l.position = s.last_position")
    verify()
    with pytest.raises(BrokenError, match="not the one of the anchor"):
        verify((whole.links, whole.digest))


def test_the_anchor_of_a_whole_trail(trail):
    whole = verify()
    record("case.read", by=None)
    seal(now=NOW)
    assert verify((whole.links, whole.digest)).links == whole.links + 1
    with pytest.raises(CommandError, match="POSITION:DIGEST"):
        call_command("audit_verify", "--anchor", "12:abc")


def test_a_link_was_removed(trail):
    forge("DELETE FROM audit_link WHERE position = 2")
    assert "Link 2 is gone" in broken()


def test_the_last_link_was_removed(trail):
    last = Link.objects.last()
    forge("DELETE FROM audit_link WHERE position = %s", last.position)
    assert f"removed from the end: the chain ends at {last.position - 1}, a seal says {last.position}" in broken()


def test_the_last_link_was_removed_with_its_seal(trail):
    whole = verify()
    forge("DELETE FROM audit_link WHERE position > (SELECT min(last_position) FROM audit_seal)")
    forge("DELETE FROM audit_seal WHERE last_position = %s", whole.links)
    with pytest.raises(BrokenError, match="the anchor says"):
        verify((whole.links, whole.digest))


def test_a_seal_was_removed(trail):
    forge("DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)")
    assert "no seal does" in broken()


def test_sealing_does_not_cover_the_traces(trail):
    forge("DELETE FROM audit_link WHERE position = %s", Link.objects.count())
    record("case.read", by=None)
    before = Link.objects.count()
    with pytest.raises(SealBrokenError, match="audit_verify"):
        seal(now=NOW)
    assert Link.objects.count() == before


def test_a_column_added_later_does_not_break_old_seals(trail):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event ADD COLUMN weather text DEFAULT 'dry'")
    assert verify().links == Link.objects.count()


def test_a_sealed_column_was_dropped(trail):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DROP COLUMN object_label")
    assert "audit_event was sealed with columns that are gone: object_label" in broken()


def test_the_columns_of_a_seal_were_forged(trail):
    shape = Shape.objects.get(table="audit_event")
    forge('UPDATE audit_shape SET columns = \'["id", "verb"]\' WHERE id = %s', shape.pk)
    assert "is not what was sealed" in broken()


def test_the_session_settings_do_not_matter(trail):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Pacific/Auckland'")
        cursor.execute("SET LOCAL DateStyle = 'German, DMY'")
        verify()
        cursor.execute("SHOW TimeZone")
        assert cursor.fetchone() == ("Pacific/Auckland",)


@pytest.mark.django_db(transaction=True)
def test_two_sealing_jobs_do_no_harm(cast):
    record("case.read", by=None)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
            assert seal(now=NOW) == 0
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert seal(now=datetime(2026, 11, 23, 10, tzinfo=UTC)) > 0
    assert verify().unsealed == 0
