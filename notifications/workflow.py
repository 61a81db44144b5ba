"""The one place that writes mails' states.

Exactly once is not to be had between a database and a mail server, so: claim (commit), send under the row's lock, mark
(commit). A sender that dies loses its lock, and the sweep, finding a row "being sent" that nobody holds, knows that the
mail may have been accepted: it says so on the row and sends it again with the same Message-ID.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from core.letters import File, Letter
from notifications import catalogue, delivery
from notifications.delivery import End, Outcome
from notifications.models import MAX_ATTEMPTS, Attachment, Message
from notifications.states import TABLE, Mover, State

logger = logging.getLogger(__name__)

SEND_TASK = "notifications.tasks.send_message"
GRACE = timedelta(seconds=5)  # between a claim and its lock; a shorter one would call healthy senders uncertain
BATCH = 500  # rows a sweep takes on; the next one takes the next
SWEEP_EVERY = min(settings.SWEEP_SECONDS, 60)  # seconds, as in the beat schedule
WAKE_AGAIN = timedelta(seconds=SWEEP_EVERY / 2)  # so that sweeps do not heap up wake-ups while workers are slow


@workflow
def queue(
    letter: Letter,
    *,
    key: str,
    to: Any = None,
    address: str = "",
    not_before: datetime | None = None,
) -> Message:
    """Put a mail into the outbox, in the caller's transaction; it leaves after the commit.

    `key` says what the mail is about ("deadline-reminder:17:day-10:42"): the first mail with a key is the only one,
    later calls return it. Give either `to` (a User) or `address`. Raises WorkflowError for what cannot be a mail.
    """
    catalogue.check(letter.kind)
    recipient_address = _address(to, address)
    _check_header("subject", letter.subject)
    now = timezone.now()
    leaves = max(not_before or now, now)
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": letter.kind,
            "reference": letter.reference,
            "recipient": to,
            "address": recipient_address,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "message_id": delivery.message_id(key),
            "created_at": now,
            "not_before": leaves,
            "woken_at": now if leaves == now else None,
        },
    )
    if created:
        message.attachments.add(*[_attachment(file) for file in letter.files])
        if leaves == now:
            _wake_on_commit(message.pk)
    return message


def _address(to: Any, address: str) -> str:
    if (to is None) == (not address):
        raise WorkflowError("A mail goes either to a person or to an address.")
    found: str = address or to.email
    _check_header("address", found)
    try:
        validate_email(found)
    except ValidationError as error:
        raise WorkflowError(f"{found!r} is not an e-mail address.") from error
    return found


def _check_header(name: str, value: str) -> None:
    if "\r" in value or "\n" in value:
        raise WorkflowError(f"The {name} of a mail must be one line.")


def _attachment(file: File) -> Attachment:
    _check_header("file name", file.name)
    return Attachment.objects.get_or_create(
        sha256=sha256(file.content).hexdigest(),
        filename=file.name,
        content_type=file.content_type,
        defaults={"content": file.content},
    )[0]


def _wake_on_commit(pk: int) -> None:
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk: int, *, expires: int | None = None) -> bool:
    """Tell a worker to send mail `pk`. Says whether the broker took the word: where it did not, the sweep will."""
    try:
        current_app.send_task(
            SEND_TASK, args=[pk], expires=expires, retry=True, retry_policy={"max_retries": 1, "interval_start": 0}
        )
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep sends mail %s.", type(error).__name__, pk)
        return False
    return True


def deliver(*, pk: int, now: datetime) -> None:
    """Send one mail if it is due and nobody else does. To be called outside a transaction, as often as you like."""
    stop_at_wall(pk=pk)
    attempt = claim(pk=pk, now=now)
    if attempt is not None:
        send_claimed(pk=pk, attempt=attempt, now=now)


@workflow
def stop_at_wall(*, pk: int) -> None:
    """Cancel a waiting mail that speaks of a case closed to its reader since it was written (quiet hours are long)."""
    waiting = Message.objects.filter(pk=pk, state=State.QUEUED, recipient__isnull=False)
    message = waiting.select_related("recipient").defer("text", "html").first()
    if message is None or catalogue.passes_walls(message.kind):
        return
    if not Message.objects.open_to(message.recipient).filter(pk=pk).exists():
        cancel(message=message, by=None)


@workflow
def claim(*, pk: int, now: datetime) -> int | None:
    """Take a due mail for sending; returns the number of the attempt, None where there is nothing to take."""
    taken = Message.objects.filter(pk=pk, state=State.QUEUED, not_before__lte=now).update(
        state=State.SENDING, attempts=F("attempts") + 1, claimed_at=now
    )
    return Message.objects.values_list("attempts", flat=True).get(pk=pk) if taken else None


@workflow
def send_claimed(*, pk: int, attempt: int, now: datetime) -> None:
    """Send a claimed mail under its row's lock. Quiet where the sweep took the claim away in between."""
    message = (
        Message.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.SENDING, attempts=attempt).first()
    )
    if message is not None:
        _settle(message, delivery.send(message), now)


def _settle(message: Message, outcome: Outcome, now: datetime) -> None:
    fields = ["state", "last_error"]
    message.last_error = outcome.sentence
    if outcome.end is End.UNCERTAIN:
        message.uncertain += 1
        message.uncertain_at, message.checked_at, message.checked_by = now, None, None
        fields += ["uncertain", "uncertain_at", "checked_at", "checked_by"]
    if outcome.end is End.ACCEPTED:
        message.state = TABLE.check(message.state, "mark_sent").target
        message.sent_at = now
        fields.append("sent_at")
    elif outcome.end is End.REFUSED or message.attempts >= message.last_attempt:
        message.state = TABLE.check(message.state, "give_up").target
        logger.warning("Mail %s failed for good at attempt %s.", message.pk, message.attempts)
    else:
        message.state = TABLE.check(message.state, "try_later").target
        message.not_before = now + delivery.wait_after(message.attempts)
        fields.append("not_before")
    message.save(update_fields=fields)


@workflow
def recover(*, now: datetime) -> int:
    """Queue again, marked uncertain, what dead senders left "being sent"; returns how many."""
    stuck = Message.objects.select_for_update(skip_locked=True).filter(state=State.SENDING, claimed_at__lt=now - GRACE)
    pks = [message.pk for message in stuck.order_by("claimed_at").only("pk")[:BATCH]]
    return Message.objects.filter(pk__in=pks).update(
        state=Case(When(attempts__gte=F("last_attempt"), then=Value(State.FAILED)), default=Value(State.QUEUED)),
        not_before=now,
        woken_at=None,
        uncertain=F("uncertain") + 1,
        uncertain_at=now,
        checked_at=None,
        checked_by=None,
        last_error="The sender stopped in mid-conversation; the mail may have been accepted.",
    )


@dataclass(frozen=True)
class Swept:
    """What a sweep found: mails taken back from dead senders, mails for which a worker was woken."""

    recovered: int
    woken: int


def sweep(*, now: datetime) -> Swept:
    """Find what was missed: dead senders, lost wake-ups, mails whose time has come. As often as you like."""
    recovered = recover(now=now)
    woken = 0
    for pk in _to_wake(now=now):
        if not wake(pk, expires=SWEEP_EVERY):
            break
        woken += 1
    return Swept(recovered, woken)


@workflow
def _to_wake(*, now: datetime) -> list[int]:
    """Take note that workers are being woken for these mails; another sweep meanwhile takes others or none."""
    due = Message.objects.due(now).unheard(now - WAKE_AGAIN).select_for_update(skip_locked=True)
    pks = [message.pk for message in due.only("pk")[:BATCH]]
    Message.objects.filter(pk__in=pks).update(woken_at=now)
    return pks


def sweep_here(*, now: datetime) -> Swept:
    """Like `sweep`, but this process sends the mails that are due, one after the other: for the day without Redis."""
    recovered = recover(now=now)
    pks = list(Message.objects.due(now).values_list("pk", flat=True))
    for pk in pks:
        deliver(pk=pk, now=now)
    return Swept(recovered, len(pks))


def _check_person(by: Any, verb: str) -> None:
    transition = next(t for t in TABLE.transitions if t.verb == verb)
    if not by.has_perm(transition.who.value):
        raise NotPermitted(f"You are not allowed to {Mover(transition.who).label}. Ask the business manager.")


def _locked(message: Message) -> Message:
    found: Message = Message.objects.select_for_update().get(pk=message.pk)
    return found


@workflow
def cancel(*, message: Message, by: Any) -> Message:
    """Keep a waiting mail from being sent (`by` None: the system). Already done: quiet; too late: WorkflowError."""
    if by is not None:
        _check_person(by, "cancel")
    message = _locked(message)
    if message.state == State.CANCELLED:
        return message
    message.state = TABLE.check(message.state, "cancel").target
    message.requested_by = by
    message.save(update_fields=["state", "requested_by"])
    return message


@workflow
def send_again(*, message: Message, by: Any, now: datetime) -> Message:
    """Send a mail again at a person's wish; returns the mail that goes out.

    A failed or cancelled mail is queued again. A sent one stays as it is, as evidence: a copy with a new Message-ID
    goes out, or the receiver would fold it into the first. On its way already: quiet.
    """
    _check_person(by, "send_again")
    message = _locked(message)
    if message.state in (State.QUEUED, State.SENDING):
        return message
    if message.state == State.SENT:
        return _copy(message, by, now)
    message.state = TABLE.check(message.state, "send_again").target
    message.not_before = message.woken_at = now
    message.last_attempt = message.attempts + MAX_ATTEMPTS
    message.last_error = ""
    message.requested_by = by
    message.checked_at, message.checked_by = None, None
    message.save(
        update_fields=[
            "state", "not_before", "woken_at", "last_attempt", "last_error", "requested_by", "checked_at", "checked_by",
        ]
    )  # fmt: skip
    _wake_on_commit(message.pk)
    return message


def _copy(message: Message, by: Any, now: datetime) -> Message:
    number = Message.objects.filter(key__startswith=f"{message.key}#").count() + 2
    key = f"{message.key}#{number}"
    copy: Message = Message.objects.create(
        key=key,
        kind=message.kind,
        reference=message.reference,
        recipient=message.recipient,
        address=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html,
        message_id=delivery.message_id(key),
        created_at=now,
        not_before=now,
        woken_at=now,
        requested_by=by,
    )
    copy.attachments.set(message.attachments.all())
    _wake_on_commit(copy.pk)
    return copy


@workflow
def mark_checked(*, message: Message, by: Any, now: datetime) -> Message:
    """A person has looked at an uncertain or failed mail. Checked already: quiet."""
    _check_person(by, "send_again")
    message = _locked(message)
    if message.checked_at is None:
        message.checked_at, message.checked_by = now, by
        message.save(update_fields=["checked_at", "checked_by"])
    return message
