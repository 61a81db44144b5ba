"""Putting mails into the outbox."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import InternalError, connection, transaction

from core.errors import UnguardedWrite, WorkflowError
from core.letters import File, Letter
from notifications import catalogue
from notifications.models import Attachment, Message
from notifications.states import State
from notifications.workflow import queue
from tests.notifications.factories import letter
from tests.stack import wait_until

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TO = "ada@agency.example"
pytestmark = pytest.mark.django_db


def test_a_queued_mail_is_the_rendered_mail(cast):
    with time_machine.travel(MORNING, tick=False):
        message = queue(letter(html="<p>Hello</p>", reference="CSPR-2026-014"), key="a", to=cast.chair)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.uncertain) == (State.QUEUED, 0, 0)
    assert (message.recipient, message.address) == (cast.chair, cast.chair.email)
    assert (message.subject, message.text) == ("CSPR-2026-014: a reminder", "Case CSPR-2026-014 needs you.")
    assert (message.html, message.reference, message.kind) == ("<p>Hello</p>", "CSPR-2026-014", "test-letter")
    assert message.created_at == message.not_before == MORNING


def test_the_message_id_follows_from_the_key():
    first, second = queue(letter(), key="a", address=TO), queue(letter(), key="b", address=TO)
    assert first.message_id == "<ca978112ca1bbdcafac231b39a23dc4d@partnership.example>"  # SHA-256 of "a"
    assert second.message_id != first.message_id


def test_the_same_key_makes_no_second_mail(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as woken:
        first = queue(letter(), key="a", address=TO)
        again = queue(letter("CSPR-2026-014: other words"), key="a", address="somebody@else.example")
    assert again == first
    assert Message.objects.get().subject == "CSPR-2026-014: a reminder"
    assert len(woken) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment():
    """The second caller waits for the first one's commit, then finds its mail."""
    found: list[Message] = []

    def other() -> None:
        try:
            found.append(queue(letter(), key="a", address=TO))
        finally:
            connection.close()

    with transaction.atomic():
        mine = queue(letter(), key="a", address=TO)
        thread = threading.Thread(target=other)
        thread.start()
        wait_until(somebody_waits, "the other caller waits")
        assert not found
    thread.join(10)
    assert found == [mine]
    assert Message.objects.count() == 1


def somebody_waits() -> bool:
    """Whether another session waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_a_mail_goes_with_the_callers_transaction():
    with transaction.atomic():
        queue(letter(), key="a", address=TO)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_no_worker_is_woken_for_a_mail_of_tomorrow(django_capture_on_commit_callbacks):
    with time_machine.travel(MORNING, tick=False), django_capture_on_commit_callbacks() as woken:
        message = queue(letter(), key="a", address=TO, not_before=MORNING + timedelta(days=1))
    assert woken == []
    assert message.not_before == MORNING + timedelta(days=1)


def test_a_time_that_is_past_means_now(django_capture_on_commit_callbacks):
    with time_machine.travel(MORNING, tick=False), django_capture_on_commit_callbacks() as woken:
        message = queue(letter(), key="a", address=TO, not_before=MORNING - timedelta(hours=1))
    assert message.not_before == MORNING
    assert len(woken) == 1


@pytest.mark.parametrize(
    "address", ["nobody", "a@", "@b.example", "a@b.example\nBcc: c@d.example", "a b@c.example", ""]
)
def test_no_mail_to_what_is_no_address(address):
    with pytest.raises(WorkflowError):
        queue(letter(), key="a", address=address)
    assert not Message.objects.exists()


def test_a_mail_goes_to_one_place(cast):
    with pytest.raises(WorkflowError, match="either"):
        queue(letter(), key="a", to=cast.chair, address=TO)


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n"])
def test_a_subject_is_one_line(break_):
    with pytest.raises(WorkflowError, match="subject"):
        queue(letter(f"Hello{break_}Bcc: somebody@else.example"), key="a", address=TO)


def test_a_file_name_is_one_line():
    with pytest.raises(WorkflowError, match="file name"):
        queue(letter(files=[File("a\r\nX: y.pdf", "application/pdf", b"x")]), key="a", address=TO)
    assert not Message.objects.exists()


def test_a_kind_that_nobody_registered():
    with pytest.raises(catalogue.UnknownKindError, match="unheard-of"):
        queue(Letter(kind="unheard-of", subject="x", text="y"), key="a", address=TO)


def test_the_same_file_is_stored_once():
    pdf = File("report.pdf", "application/pdf", b"%PDF-1.7 the report")
    messages = [queue(letter(files=[pdf]), key=f"report:{n}", address=f"person-{n}@agency.example") for n in range(3)]
    queue(letter(files=[File("report.pdf", "application/pdf", b"%PDF-1.7 another")]), key="other", address=TO)
    assert Attachment.objects.count() == 2
    stored = messages[0].attachments.get()
    assert bytes(stored.content) == pdf.content
    assert {m.attachments.get() for m in messages} == {stored}


def test_what_was_rendered_is_evidence():
    message = queue(letter(), key="a", address=TO)
    with connection.cursor() as cursor:
        for column in ("subject", "text", "html", "address", "key", "message_id"):
            with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
                cursor.execute(f"UPDATE notifications_message SET {column} = 'forged' WHERE id = %s", [message.pk])
        with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
            cursor.execute("DELETE FROM notifications_message")


def test_only_the_workflow_writes_mails():
    message = queue(letter(), key="a", address=TO)
    message.state = State.CANCELLED
    for write in (message.save, message.delete, lambda: Message.objects.update(state=State.CANCELLED)):
        with pytest.raises(UnguardedWrite):
            write()


def test_a_kind_is_registered_once():
    letter()
    with pytest.raises(ValueError, match="already"):
        catalogue.register(kind="test-letter", title="Other", who="Others", when="Never")
