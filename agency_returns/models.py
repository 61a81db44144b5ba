"""What was asked of which agency about which case, and what it returned, version by version.

A version that was signed off is never changed again: the database refuses. What comes later is a new version.
"""

from datetime import date
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from agency_returns.choices import ISSUES, Anchor, ChaseState, Finding, Part
from agency_returns.states import ENDED, TABLE, WAITING, Status
from core.guard import GuardedModel, GuardedQuerySet
from documents.models import Document
from documents.states import Status as DocumentStatus
from panel.models import Agency, Membership
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from referrals.models import Referral
from referrals.models.base import CaseRowQuerySet

SEE_ALL_RETURNS = GRANTS[Permission.SEE_CASES] - {Role.INVITED}


class RequestQuerySet(CaseRowQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """The requests of the cases that exist for `user`; an invited representative sees their own agency's only."""
        found = super().visible_to(user, on=on)
        day = on or timezone.localdate()
        if not user.is_authenticated or user.roles_on(day) & SEE_ALL_RETURNS:
            return found
        mine = Membership.objects.running_on(day).filter(user=user, agency=OuterRef("agency"))
        return found.filter(Exists(mine))

    def waiting(self) -> Self:
        """Neither returned once nor answered otherwise."""
        open_cases = self.exclude(referral__status__in=ENDED)
        return open_cases.filter(status__in=WAITING, returned_at__isnull=True)

    def late_on(self, day: date) -> Self:
        return self.waiting().filter(due_on__lt=day)


@pghistory.track()
class InformationRequest(GuardedModel):
    """One agency was asked about one case. Its safeguarding lead's name and address are kept as they were then."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="information_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="information_requests")
    status = models.CharField(max_length=20, choices=Status, default=Status.ASKED)
    lead_name = models.CharField("safeguarding lead", max_length=150)
    lead_address = models.EmailField("safeguarding lead’s work e-mail")
    due_on = models.DateField("due")
    period_from = models.DateField("records from", null=True, blank=True)
    period_to = models.DateField("records to", null=True, blank=True)
    where_lived = models.TextField("addresses to search", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField("first returned", null=True, blank=True)
    no_involvement_at = models.DateTimeField(null=True, blank=True)
    no_involvement_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        indexes = [models.Index(fields=["status", "due_on"], name="returns_status_due")]
        constraints = [
            models.UniqueConstraint(fields=["referral", "agency"], name="returns_one_request_per_agency"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=F("period_from")),
                name="returns_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(no_involvement_at__isnull=True, no_involvement_by="")
                | Q(no_involvement_at__isnull=False) & ~Q(no_involvement_by=""),
                name="returns_no_involvement_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | Q(returned_at__isnull=False), name="returns_returned_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | ~Q(status=Status.CLOSED) & Q(closed_at__isnull=True),
                name="returns_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.referral.reference}"

    def get_absolute_url(self) -> str:
        return reverse("agency_returns:request", args=[self.referral.reference, self.pk])

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"agency-return:{self.pk}"

    @property
    def whose_move(self) -> str:
        return TABLE.owner(self.standing)

    @property
    def standing(self) -> Status:
        """The status that counts: closed from the moment when the case ends, also before the job has closed it."""
        is_over = self.status in WAITING and self.referral.status in ENDED
        return Status.CLOSED if is_over else Status(self.status)

    @property
    def is_waiting(self) -> bool:
        return self.standing in WAITING and self.returned_at is None

    def is_late_on(self, day: date) -> bool:
        return self.is_waiting and self.due_on < day

    @property
    def current(self) -> "AgencyReturn | None":
        """The newest version, signed or not."""
        return self.versions.order_by("-version").first()


class ReturnQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(request__in=InformationRequest.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class AgencyReturn(GuardedModel):
    """One version of an agency's answer: written, submitted to its senior lead, signed off and then frozen."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    begun_by = models.CharField("author", max_length=200)
    begun_at = models.DateTimeField()
    no_rows_reason = models.TextField("why there is no chronology", blank=True)
    author_name = models.CharField(max_length=150, blank=True)
    author_address = models.EmailField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    signer_name = models.CharField("senior lead", max_length=150, blank=True)
    signer_address = models.EmailField("senior lead’s work e-mail", blank=True)
    same_person_reason = models.TextField("why the author signs it off", blank=True)
    sent_back_reason = models.TextField("what the senior lead wants changed", blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField("fingerprint of the content", max_length=64, blank=True)

    objects = ReturnQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["request", "version"]
        verbose_name = "return"
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="returns_version_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(signed_at__isnull=True), name="returns_one_unsigned_version"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (~Q(author_address="") & ~Q(signer_address="") & ~Q(author_name="") & ~Q(signer_name="")),
                name="returns_submitted_by_and_to",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, sha256="")
                | Q(signed_at__isnull=False, submitted_at__isnull=False) & ~Q(sha256=""),
                name="returns_signed_after_submitted",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | ~Q(signer_address=F("author_address"))
                | ~Q(same_person_reason=""),
                name="returns_another_person_signs",
                violation_error_message="Somebody else signs it off, or the reason is given.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"

    @property
    def source_key(self) -> str:
        """Under which its chronology rows are kept; the keys of its files begin with it."""
        return f"return:{self.request_id}:v{self.version}"

    @property
    def sign_off_subject(self) -> str:
        return f"return-sign-off:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Still being written."""
        return self.submitted_at is None and self.signed_at is None


class PartQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(version__in=AgencyReturn.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class ReturnPart(GuardedModel):
    """One part of a version. `revision` keeps two people in two windows from overwriting each other."""

    version = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=20, choices=Part)
    finding = models.CharField("answer", max_length=20, choices=Finding, blank=True)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    objects = PartQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="returns_part_once"),
            models.CheckConstraint(
                condition=Q(key__in=ISSUES) | Q(finding=""), name="returns_only_issues_have_findings"
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()

    @property
    def is_complete(self) -> bool:
        return bool(self.text) and (self.key not in ISSUES or bool(self.finding))


class FileQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Those of signed versions. What is still being written is its agency's; a refused one is shown at once."""
        signed = Q(version__in=AgencyReturn.objects.visible_to(user, on=on).exclude(signed_at=None).values("pk"))
        refused = Q(document__status=DocumentStatus.REFUSED)
        requests = InformationRequest.objects.visible_to(user, on=on).values("pk")
        return self.filter(signed | refused, version__request__in=requests, removed_at=None)

    def of(self, version: AgencyReturn) -> Self:
        """What came with `version` or with an earlier one: a later version keeps the files."""
        found = self.filter(version__request=version.request_id, version__version__lte=version.version)
        return found.filter(removed_at=None).select_related("document__kind", "version").order_by("pk")

    def kept(self) -> Self:
        """Without those that the virus scan refused."""
        return self.exclude(document__status=DocumentStatus.REFUSED)


@pghistory.track()
class ReturnFile(GuardedModel):
    """A file that came with a version. Taken out again only while that version is written; the row stays."""

    version = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="files")
    owner_key = models.CharField(max_length=80, unique=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_by = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FileQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by="") | Q(removed_at__isnull=False) & ~Q(removed_by=""),
                name="returns_file_removed_who_when",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)


@pghistory.track()
class HandOver(GuardedModel):
    """One part of a return in a colleague's hands: their link leads to that part and to nothing else."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="hand_overs")
    key = models.CharField(max_length=20, choices=Part)
    name = models.CharField(max_length=150)
    address = models.EmailField("work e-mail")
    handed_by = models.CharField(max_length=200)
    handed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "key"], condition=Q(ended_at__isnull=True), name="returns_part_in_one_hand"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} to {self.name}"

    @property
    def subject(self) -> str:
        return f"return-part:{self.pk}"


@pghistory.track()
class ChaseStep(models.Model):
    """When agencies that have not answered are reminded, and who else is told. The partnership's own practice."""

    anchor = models.CharField("counted", max_length=20, choices=Anchor)
    offset = models.PositiveSmallIntegerField("working days")
    every = models.PositiveSmallIntegerField(
        "again every", null=True, blank=True, help_text="Late only: repeated every so many working days. Empty: once."
    )
    tells_agency = models.BooleanField("the agency’s safeguarding lead", default=True)
    tells_manager = models.BooleanField("the business manager", default=False)

    class Meta:
        ordering = ["anchor", "offset", "pk"]
        verbose_name = "chase step"
        constraints = [
            models.UniqueConstraint(
                fields=["anchor", "offset", "every"], nulls_distinct=False, name="returns_step_once"
            ),
            models.CheckConstraint(
                condition=Q(every__isnull=True) | Q(anchor=Anchor.LATE, every__gte=1),
                name="returns_step_repeats_late",
                violation_error_message="Only a reminder of a late return repeats.",
            ),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.BEFORE_DUE) | Q(offset__gte=1),
                name="returns_step_offset",
                violation_error_message="Count from 1; only “before the due date” may be 0, the day itself.",
            ),
            models.CheckConstraint(
                condition=Q(tells_agency=True) | Q(tells_manager=True),
                name="returns_step_tells_somebody",
                violation_error_message="Choose at least one person to tell.",
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.offset} working day{'' if self.offset == 1 else 's'}"
        if self.anchor == Anchor.LATE:
            when = f"{days} late"
        else:
            when = f"{days} before the due date" if self.offset else "on the due date"
        return f"{when}, again every {self.every}" if self.every else when


class Chase(GuardedModel):
    """The ledger: one row for each request, step, day and address. A step is told once, however often the job runs."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="chases")
    step = models.ForeignKey(ChaseStep, on_delete=models.PROTECT, related_name="chases")
    occurs_on = models.DateField()
    address = models.EmailField()
    state = models.CharField(max_length=12, choices=ChaseState)
    recorded_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step", "occurs_on", "address"], name="returns_chase_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.step} to {self.address}"
