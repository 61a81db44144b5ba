"""Documents of a case or a return: what is known of each, and who may see it. The bytes are in storage."""

import uuid
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.guard import GuardedModel, GuardedQuerySet
from documents import owners
from documents.choices import Marking, Scan
from documents.states import HAS_FILE, LIVE, Status


def both_or_neither(*names: str) -> Q:
    """The condition that these fields are filled together."""
    filled, empty = Q(), Q()
    for name in names:
        filled &= Q(**{f"{name}__isnull": False})
        empty &= Q(**{f"{name}__isnull": True})
    return filled | empty


@pghistory.track()
class DocumentKind(models.Model):
    """A type of document. Reference data: the partnership edits the list."""

    code = models.SlugField(max_length=30, unique=True, help_text="Stands in file names; cannot be changed later.")
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick instead of deleting: stored documents keep their type."
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "type of document"
        verbose_name_plural = "types of document"

    def __str__(self) -> str:
        return self.name


class DocumentNumber(models.Model):
    """The last number given under a reference. Its row is locked while a number is given: no doubles."""

    reference = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reference}: {self.last}"


class DocumentQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The documents that exist for `user`: those of owners that are visible to them. Nothing else decides this."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Q(pk__in=[])
        for owner in owners.everybody():
            mine |= Q(owner_key__in=owner.keys_visible_to(user))
        return self.filter(mine)

    def of(self, owner_key: str) -> Self:
        return self.filter(owner_key=owner_key)

    def current(self) -> Self:
        """Without those that a newer version has replaced, and without those withdrawn or disposed of."""
        in_use = self.exclude(status__in=[Status.WITHDRAWN, Status.DISPOSED])
        return in_use.with_replaced().filter(is_replaced=False)

    def with_replaced(self) -> Self:
        """Each with `is_replaced`: whether a newer version is available."""
        newer = Document.objects.filter(supersedes=OuterRef("pk"), status=Status.AVAILABLE)
        return self.annotate(is_replaced=Exists(newer))

    def downloadable(self) -> Self:
        return self.filter(status=Status.AVAILABLE)

    def to_scan(self) -> Self:
        """What no scanner has seen: what waits, and what came while none was set up."""
        return self.filter(status__in=LIVE, scan__in=[Scan.WAITING, Scan.NOT_SCANNED]).order_by("uploaded_at", "pk")

    def with_file(self) -> Self:
        return self.filter(status__in=HAS_FILE)


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


@pghistory.track()
class Document(GuardedModel):
    """One version of one document. Rows are never removed; the file goes when it is disposed of or refused.

    `owner_key` is neutral ("case:CSPR-2026-014"), `reference` the case's. `original_name` is what the sender called
    the file, which often names a child: it is for the page only, and only for those who may see names.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner_key = models.CharField(max_length=80, db_index=True)
    reference = models.CharField("case", max_length=40)
    number = models.PositiveIntegerField()
    kind = models.ForeignKey(DocumentKind, on_delete=models.PROTECT, related_name="+", verbose_name="type")
    marking = models.CharField("protective marking", max_length=20, choices=Marking, default=Marking.SENSITIVE)
    description = models.CharField(max_length=300, blank=True)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="newer")
    version = models.PositiveIntegerField(default=1)

    original_name = models.CharField(max_length=255)
    extension = models.CharField(max_length=10)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="In bytes, as stored.")
    sha256_original = models.CharField("SHA-256 of what came", max_length=64)
    sha256_stored = models.CharField("SHA-256 of what is stored", max_length=64, blank=True)
    stripped = models.JSONField("taken out", default=list)
    not_stripped = models.JSONField("could not be taken out", default=list)

    status = models.CharField(max_length=10, choices=Status)
    scan = models.CharField("virus scan", max_length=12, choices=Scan)
    scanned_at = models.DateTimeField(null=True, blank=True)
    scan_finding = models.CharField("what the scan found", max_length=200, blank=True)

    uploaded_by = _person(null=True, blank=True)
    uploaded_label = models.CharField("given by", max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    withdrawn_by = _person(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    held_by = _person(null=True, blank=True)
    held_at = models.DateTimeField("on legal hold since", null=True, blank=True)
    held_reason = models.TextField("reason of the legal hold", blank=True)
    disposed_by = _person(null=True, blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    disposed_reason = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "number"], name="documents_number_once"),
            models.UniqueConstraint(
                fields=["supersedes"], condition=Q(status__in=LIVE), name="documents_one_newer_version"
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_by", "withdrawn_at"), name="documents_withdrawn_who_when"
            ),
            models.CheckConstraint(condition=both_or_neither("held_by", "held_at"), name="documents_held_who_when"),
            models.CheckConstraint(
                condition=Q(status=Status.DISPOSED, disposed_by__isnull=False, disposed_at__isnull=False)
                | (~Q(status=Status.DISPOSED) & Q(disposed_by__isnull=True, disposed_at__isnull=True)),
                name="documents_disposed_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DISPOSED) | Q(held_at__isnull=True), name="documents_hold_stops_disposal"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | Q(withdrawn_at__isnull=False), name="documents_withdrawn"
            ),
            models.CheckConstraint(
                condition=~Q(scan=Scan.INFECTED) | ~Q(status__in=LIVE), name="documents_infected_is_refused"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WAITING, scan=Scan.WAITING) | ~Q(status=Status.WAITING),
                name="documents_waiting_waits",
            ),
            models.CheckConstraint(
                condition=Q(scanned_at__isnull=True) | Q(scanned_at__gte=F("uploaded_at")),
                name="documents_scanned_after_upload",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by__isnull=False) | ~Q(uploaded_label=""), name="documents_somebody_gave_it"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="evidence",
                fields=[
                    "key", "owner_key", "reference", "number", "original_name", "sha256_original", "uploaded_by",
                    "uploaded_label", "uploaded_at",
                ],
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The neutral name, as in CSPR-2026-014-chronology-3."""
        return f"{self.reference}-{self.kind.code}-{self.number}"

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.extension}"

    @property
    def giver(self) -> str:
        """With the agency, where the file came from one."""
        return self.uploaded_label or str(self.uploaded_by)

    @property
    def is_available(self) -> bool:
        return self.status == Status.AVAILABLE

    @property
    def has_file(self) -> bool:
        return self.status in HAS_FILE
