"""Sending mails through a real SMTP server, and what its answers mean."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections, transaction

from core.errors import InvalidTransition, NotPermitted
from core.letters import File
from notifications import delivery, workflow
from notifications.models import MAX_ATTEMPTS, Message
from notifications.states import State
from notifications.workflow import claim, deliver, queue, recover, send_claimed, sweep, sweep_here
from tests.notifications.factories import letter
from tests.stack import free_port, mail_catcher

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TO = "ada@agency.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def catcher(settings):
    """A real mail server, and Django's mail through it."""
    with mail_catcher() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def nobody(settings):
    """A port on which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.fixture
def message():
    with time_machine.travel(NOW, tick=False):
        return queue(letter(), key="a", address=TO)


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_what_arrives(catcher):
    with time_machine.travel(NOW, tick=False):
        message = queue(
            letter(
                "CSPR-2026-014: Grüße – 5 working days",
                html="<p>Case</p>",
                files=[File("report.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")],
            ),
            key="a",
            address=TO,
        )
    deliver(pk=message.pk, now=NOW)
    mail = catcher.mails[0]
    assert (mail.recipients, mail.subject) == ([TO], "CSPR-2026-014: Grüße – 5 working days")
    assert mail.text.strip() == "Case CSPR-2026-014 needs you."
    assert mail.message.get_body(("html",)).get_content().strip() == "<p>Case</p>"
    assert mail.files == {"report.pdf": b"%PDF-1.7 \x00\xff"}
    assert mail.message_id == message.message_id
    assert mail.message["Auto-Submitted"] == "auto-generated"
    message = again(message)
    assert (message.state, message.sent_at, message.attempts, message.last_error) == (State.SENT, NOW, 1, "")


def test_delivered_twice_is_sent_once(catcher, message):
    for _ in range(2):
        deliver(pk=message.pk, now=NOW)
    assert len(catcher.mails) == 1
    assert again(message).attempts == 1


def test_not_before(catcher):
    with time_machine.travel(NOW, tick=False):
        message = queue(letter(), key="a", address=TO, not_before=NOW + timedelta(hours=1))
    deliver(pk=message.pk, now=NOW + timedelta(minutes=59))
    assert (again(message).state, catcher.mails) == (State.QUEUED, [])
    deliver(pk=message.pk, now=NOW + timedelta(hours=1))
    assert again(message).state == State.SENT


def test_nobody_listens(nobody, message):
    deliver(pk=message.pk, now=NOW)
    message = again(message)
    assert (message.state, message.uncertain) == (State.QUEUED, 0)
    assert message.not_before == NOW + timedelta(seconds=30)
    assert message.last_error.startswith("The mail server cannot be reached: ")


def test_the_server_is_back(nobody, message, settings):
    deliver(pk=message.pk, now=NOW)
    with mail_catcher() as catcher:
        settings.EMAIL_PORT = catcher.port
        deliver(pk=message.pk, now=NOW + timedelta(seconds=29))
        assert catcher.mails == []
        deliver(pk=message.pk, now=NOW + timedelta(seconds=30))
        assert len(catcher.mails) == 1
    message = again(message)
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 2, "")


def test_waits_double_up_to_an_hour():
    waits = [delivery.wait_after(attempt).total_seconds() for attempt in (1, 2, 3, 7, 8, 9, 10_000)]
    assert waits == [30, 60, 120, 1920, 3600, 3600, 3600]
    assert sum((delivery.wait_after(n) for n in range(1, MAX_ATTEMPTS)), timedelta()) > timedelta(hours=20)


def test_given_up_after_the_last_attempt(nobody, message):
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        deliver(pk=message.pk, now=now)
        now += timedelta(hours=1)
    message = again(message)
    assert (message.state, message.attempts) == (State.FAILED, MAX_ATTEMPTS)
    assert Message.objects.to_check().get() == message


@pytest.mark.parametrize("answer", ["450 Mailbox busy", "421 Come back later"])
def test_not_now_says_the_server(catcher, message, answer):
    catcher.refuse[TO] = answer
    deliver(pk=message.pk, now=NOW)
    assert (again(message).state, again(message).uncertain) == (State.QUEUED, 0)
    assert again(message).last_error == f"The mail server refused the address: {answer}"
    catcher.refuse.clear()
    deliver(pk=message.pk, now=NOW + timedelta(minutes=1))
    assert again(message).state == State.SENT


def test_never_says_the_server_of_the_address(catcher, message):
    catcher.refuse[TO] = "550 No such person"
    deliver(pk=message.pk, now=NOW)
    message = again(message)
    assert (message.state, message.attempts) == (State.FAILED, 1)
    assert message.last_error == "The mail server refused the address: 550 No such person"
    assert Message.objects.to_check().get() == message


@pytest.mark.parametrize(("answer", "state"), [("554 Not wanted", State.FAILED), ("451 Disk full", State.QUEUED)])
def test_the_content_is_refused(catcher, message, answer, state):
    catcher.refuse_content = answer
    deliver(pk=message.pk, now=NOW)
    assert (again(message).state, again(message).uncertain) == (state, 0)
    assert again(message).last_error == f"The mail server refused the mail: {answer}"


def test_the_server_is_lost_in_mid_conversation(catcher, message, settings):
    """It kept the mail, but its answer never came: sent again, and listed."""
    settings.EMAIL_TIMEOUT = 0.3
    catcher.seconds_after_accepting = 1
    deliver(pk=message.pk, now=NOW)
    assert (again(message).state, again(message).uncertain, len(catcher.mails)) == (State.QUEUED, 1, 1)
    assert "lost in mid-conversation" in again(message).last_error
    settings.EMAIL_TIMEOUT = 30
    catcher.seconds_after_accepting = 0
    deliver(pk=message.pk, now=NOW + timedelta(minutes=1))
    assert again(message).state == State.SENT
    assert [mail.message_id for mail in catcher.mails] == [message.message_id] * 2
    assert Message.objects.to_check().get() == message


def test_a_dead_sender(catcher, message):
    """Claimed, then killed: the sweep marks it uncertain, and it goes out with the same Message-ID."""
    assert claim(pk=message.pk, now=NOW) == 1
    assert recover(now=NOW + workflow.GRACE) == 0
    later = NOW + workflow.GRACE + timedelta(seconds=1)
    assert recover(now=later) == 1
    found = again(message)
    assert (found.state, found.uncertain, found.uncertain_at) == (State.QUEUED, 1, later)
    deliver(pk=message.pk, now=later)
    assert again(message).state == State.SENT
    assert [mail.message_id for mail in catcher.mails] == [message.message_id]


def test_a_slow_sender_between_claim_and_lock(catcher, message):
    """The sweep took the claim away, another sends: the slow one must not."""
    slow = claim(pk=message.pk, now=NOW)
    later = NOW + timedelta(minutes=1)
    recover(now=later)
    send_claimed(pk=message.pk, attempt=slow, now=later)
    assert catcher.mails == []
    fast = claim(pk=message.pk, now=later)
    send_claimed(pk=message.pk, attempt=slow, now=later)
    assert catcher.mails == []
    send_claimed(pk=message.pk, attempt=fast, now=later)
    assert len(catcher.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sender_at_work_is_left_alone(message):
    claim(pk=message.pk, now=NOW)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM notifications_message WHERE id = %s FOR UPDATE", [message.pk])
            assert recover(now=NOW + timedelta(hours=1)) == 0
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert recover(now=NOW + timedelta(hours=1)) == 1


def test_a_mail_that_kills_every_sender_is_given_up(message):
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        now += timedelta(minutes=1)
        assert claim(pk=message.pk, now=now)
        recover(now=now + timedelta(seconds=30))
    assert (again(message).state, again(message).uncertain) == (State.FAILED, MAX_ATTEMPTS)


@pytest.mark.django_db(transaction=True)
def test_the_broker_is_away(catcher, settings, monkeypatch, tmp_path):
    """The caller's transaction stands, nobody gets an error, and a sweep sends the mail."""
    monkeypatch.setattr(workflow.current_app.conf, "broker_url", f"redis+socket://{tmp_path}/nobody.sock")
    monkeypatch.setattr(workflow.current_app, "_pool", None)
    monkeypatch.setattr(workflow.current_app.amqp, "_producer_pool", None)
    with transaction.atomic():
        message = queue(letter(), key="a", address=TO)
    assert again(message).state == State.QUEUED
    later = message.created_at + timedelta(minutes=2)
    assert sweep(now=later).woken == 0
    assert sweep_here(now=later).woken == 1
    assert again(message).state == State.SENT
    assert len(catcher.mails) == 1


def test_the_sweep_by_command(catcher, message, capsys):
    call_command("sweep_outbox", "--send")
    assert "tried here: 1." in capsys.readouterr().out
    assert len(catcher.mails) == 1


def test_sweeps_do_not_heap_up_wake_ups(message):
    """Two beats sweep; a worker was woken at the queueing already."""
    assert sweep(now=NOW + timedelta(seconds=1)).woken == 0
    later = NOW + timedelta(minutes=2)
    assert [sweep(now=later).woken for _ in range(2)] == [1, 0]


def test_the_sweep_leaves_what_is_not_due():
    with time_machine.travel(NOW, tick=False):
        queue(letter(), key="a", address=TO, not_before=NOW + timedelta(hours=1))
    assert sweep(now=NOW + timedelta(minutes=59)).woken == 0
    assert sweep(now=NOW + timedelta(minutes=60)).woken == 1


def test_send_again_after_a_failure(catcher, message, cast):
    catcher.refuse[TO] = "550 No such person"
    deliver(pk=message.pk, now=NOW)
    catcher.refuse.clear()
    later = NOW + timedelta(hours=1)
    assert workflow.send_again(message=message, by=cast.business_manager, now=later) == message
    deliver(pk=message.pk, now=later)
    found = again(message)
    assert (found.state, found.attempts, found.requested_by) == (State.SENT, 2, cast.business_manager)


def test_send_again_what_was_sent_is_a_copy(catcher, cast):
    with time_machine.travel(NOW, tick=False):
        first = queue(letter(files=[File("a.pdf", "application/pdf", b"x")]), key="a", address=TO)
    deliver(pk=first.pk, now=NOW)
    second = workflow.send_again(message=first, by=cast.business_manager, now=NOW)
    third = workflow.send_again(message=first, by=cast.business_manager, now=NOW)
    for copy in (second, third):
        deliver(pk=copy.pk, now=NOW)
    assert [m.key for m in (first, second, third)] == ["a", "a#2", "a#3"]
    assert len({mail.message_id for mail in catcher.mails}) == 3
    assert [mail.files for mail in catcher.mails] == [{"a.pdf": b"x"}] * 3
    assert again(first).sent_at == NOW


def test_send_again_what_is_on_its_way(message, cast):
    assert workflow.send_again(message=message, by=cast.business_manager, now=NOW) == message
    assert again(message).requested_by is None


@pytest.mark.parametrize("verb", ["send_again", "cancel", "mark_checked"])
def test_not_everybody_may(message, cast, verb):
    more = {} if verb == "cancel" else {"now": NOW}
    with pytest.raises(NotPermitted):
        getattr(workflow, verb)(message=message, by=cast.member, **more)


def test_cancel(catcher, message, cast):
    for _ in range(2):
        workflow.cancel(message=message, by=cast.business_manager)
    deliver(pk=message.pk, now=NOW)
    assert (again(message).state, catcher.mails) == (State.CANCELLED, [])


def test_too_late_to_cancel(catcher, message, cast):
    deliver(pk=message.pk, now=NOW)
    with pytest.raises(InvalidTransition, match="This mail is sent"):
        workflow.cancel(message=message, by=cast.business_manager)


def test_ticked_off(message, cast):
    claim(pk=message.pk, now=NOW)
    recover(now=NOW + timedelta(minutes=1))
    for minutes in (2, 3):
        workflow.mark_checked(message=message, by=cast.business_manager, now=NOW + timedelta(minutes=minutes))
    assert (again(message).checked_by, again(message).checked_at) == (cast.business_manager, NOW + timedelta(minutes=2))
    assert not Message.objects.to_check().exists()
    claim(pk=message.pk, now=NOW + timedelta(minutes=4))
    recover(now=NOW + timedelta(minutes=5))
    assert Message.objects.to_check().exists(), "uncertain once more: to be looked at once more"
