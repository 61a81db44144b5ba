"""The outbox: every mail the system sends is a row here first. The row is the queue and the evidence."""

from datetime import datetime
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from core.walls import closed_to
from notifications.states import State

MAX_ATTEMPTS = 30  # with the waits of delivery.wait_after: a mail server may be away for a good day


class Attachment(GuardedModel):
    """A file that mails carry; one row for the same file, however many mails carry it."""

    filename = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "filename", "content_type"], name="notifications_attachment_once")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.filename


class MessageQuerySet(GuardedQuerySet):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Waiting mails that may go out at the instant `now`, the longest waiting first."""
        return self.filter(state=State.QUEUED, not_before__lte=now).order_by("not_before", "pk")

    def unheard(self, before: datetime) -> "MessageQuerySet":
        """Mails for which no worker was woken since the instant `before`."""
        return self.filter(Q(woken_at__isnull=True) | Q(woken_at__lte=before))

    def open_to(self, user: Any) -> "MessageQuerySet":
        """Without the mails about cases that are closed to `user`, nor those of several cases that name such a one."""
        found = self
        for reference in closed_to(user):
            found = found.exclude(Q(reference=reference) | Q(subject__contains=reference) | Q(text__contains=reference))
        return found

    def to_check(self) -> "MessageQuerySet":
        """Mails that may have been delivered twice, or that failed: nobody has ticked them off yet."""
        return self.filter(Q(uncertain__gt=0) | Q(state=State.FAILED), checked_at__isnull=True)


class Message(GuardedModel):
    """One mail to one person, as rendered. `key` says what it is about: the same key never makes a second mail."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    reference = models.CharField("case", max_length=40, blank=True, db_index=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.EmailField("to")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField("HTML", blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="messages")
    created_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField()
    woken_at = models.DateTimeField("worker last woken", null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="Never goes back: it tells one attempt from the next.")
    last_attempt = models.PositiveIntegerField("gives up after attempt", default=MAX_ATTEMPTS)
    claimed_at = models.DateTimeField("last tried", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    uncertain = models.PositiveIntegerField(
        "times uncertain",
        default=0,
        help_text="How often the sender stopped while the mail server may already have accepted this mail. "
        "It was sent again with the same Message-ID, so that the receiver can fold the two.",
    )
    uncertain_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked to send this mail again, or to cancel it.",
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MessageQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "mail"
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state=State.QUEUED), name="notifications_queued"),
            models.Index(fields=["claimed_at"], condition=Q(state=State.SENDING), name="notifications_sending"),
            models.Index(fields=["state", "-created_at"], name="notifications_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="notifications_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False, attempts__gte=1),
                name="notifications_sending_was_claimed",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="notifications_checked_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(uncertain=0, uncertain_at__isnull=True) | Q(uncertain__gt=0, uncertain_at__isnull=False),
                name="notifications_uncertain_has_a_time",
            ),
            models.CheckConstraint(condition=Q(not_before__gte=F("created_at")), name="notifications_not_before_birth"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="evidence",
                fields=["key", "kind", "reference", "recipient", "address", "subject", "text", "html", "message_id"],
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"


@pghistory.track()
class DistributionList(models.Model):
    """A named set of addresses, for example the Executive Group."""

    name = models.CharField(max_length=150, unique=True)
    purpose = models.TextField(blank=True, help_text="What is sent to this list.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class DistributionListEntry(models.Model):
    """One person on a distribution list, with or without an account."""

    distribution_list = models.ForeignKey(DistributionList, on_delete=models.CASCADE, related_name="entries")
    name = models.CharField(max_length=150)
    address = models.EmailField("e-mail address")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "person on a list"
        verbose_name_plural = "people on lists"
        constraints = [
            models.UniqueConstraint(
                fields=["distribution_list", "address"],
                name="notifications_address_once_per_list",
                violation_error_message="This address is on the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"
