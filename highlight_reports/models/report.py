"""The report to one Executive meeting: its dates, its commentary, its frozen figures and its PDF."""

from datetime import date
from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.errors import WorkflowError
from core.guard import GuardedModel, GuardedQuerySet
from highlight_reports.choices import SectionCode, Variant
from highlight_reports.models.fields import person, person_or_none, together
from highlight_reports.states import APPROVED, OVER, TABLE, WITH_PDF, Status
from panel.models import User
from panel.permissions import Permission, can


class HighlightReportQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Readers see approved reports; who writes or approves sees all. Rows of walled cases are another matter:
        see `reading.for_reader`."""
        if not can(user, Permission.SEE_REPORTS):
            return self.none()
        if can(user, Permission.WRITE_REPORT) or can(user, Permission.APPROVE_REPORT):
            return self
        return self.filter(status__in=APPROVED)

    def kept(self) -> Self:
        return self.exclude(status=Status.DISCARDED)


@pghistory.track()
class HighlightReport(GuardedModel):
    """One report. `data` is null while a draft's figures are live; from the submission on it is what the chair
    reads, what she approves and what is sent: the same dict (shape: `assemble.assemble`)."""

    reference = models.CharField(max_length=20, unique=True)
    meeting_on = models.DateField("Executive meeting on")
    period_from = models.DateField("from")
    period_to = models.DateField("to")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, db_index=True)
    data = models.JSONField(null=True, blank=True)
    assembled_by = person_or_none()  # nobody: built in the background before the meeting
    assembled_at = models.DateTimeField()
    submitted_by = person_or_none()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = person_or_none()
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    approved_by = person_or_none()
    approved_at = models.DateTimeField(null=True, blank=True)
    render_attempts = models.PositiveSmallIntegerField(default=0)
    render_started_at = models.DateTimeField(null=True, blank=True)
    sent_by = person_or_none()
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person_or_none()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    edition = models.PositiveSmallIntegerField("correction number", default=0)

    objects = HighlightReportQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting_on"],
                condition=~Q(status__in=OVER),
                name="highlight_reports_one_per_meeting",
                violation_error_message="There already is a report for the meeting of that day.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="highlight_reports_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.DISCARDED], data__isnull=True, submitted_by__isnull=True)
                | ~Q(status__in=[Status.DRAFT, Status.DISCARDED]) & Q(data__isnull=False, submitted_by__isnull=False),
                name="highlight_reports_frozen_when_submitted",
            ),
            models.CheckConstraint(
                condition=together("submitted_by", "submitted_at"), name="highlight_reports_submitted_when_and_by"
            ),
            models.CheckConstraint(
                condition=Q(status__in=APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                | ~Q(status__in=APPROVED) & Q(approved_by__isnull=True, approved_at__isnull=True),
                name="highlight_reports_approved_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("assembled_by")),
                name="highlight_reports_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True, sent_back_by__isnull=True, sent_back_reason="")
                | Q(sent_back_at__isnull=False, sent_back_by__isnull=False) & ~Q(sent_back_reason=""),
                name="highlight_reports_sent_back_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SENT, sent_by__isnull=False, sent_at__isnull=False)
                | Q(status=Status.WITHDRAWN) & together("sent_by", "sent_at")
                | ~Q(status__in=[Status.SENT, Status.WITHDRAWN]) & Q(sent_by__isnull=True, sent_at__isnull=True),
                name="highlight_reports_sent_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason="")
                | ~Q(status=Status.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason=""),
                name="highlight_reports_withdrawn_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, edition=0) | Q(corrects__isnull=False, edition__gte=1),
                name="highlight_reports_corrections_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(status=Status.DISCARDED),
                name="highlight_reports_corrected_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="approved_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__approved_at__isnull=False)
                & (pgtrigger.Q(old__data__df=pgtrigger.F("new__data")) | pgtrigger.Q(new__approved_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, Executive meeting of {self.meeting_on:%-d %B %Y}"

    @property
    def version(self) -> str:
        """ "1.0", and "1.1" for what replaces it."""
        return f"1.{self.edition}"

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.status in APPROVED

    @property
    def pdf(self) -> "RenderedPdf":
        """The one for the Executive, with its bytes. Raises RenderedPdf.DoesNotExist."""
        found: RenderedPdf = self.pdfs.get(variant=Variant.WHOLE)
        return found

    @property
    def has_pdf(self) -> bool:
        return self.status in WITH_PDF

    @property
    def frozen(self) -> dict[str, Any]:
        """The data of a report that was submitted."""
        if self.data is None:
            raise WorkflowError("The figures of this report are live: it was not submitted.")
        found: dict[str, Any] = self.data
        return found

    @property
    def whose_move(self) -> str:
        return TABLE.owner(self.status)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day, both included, dates of Europe/London."""
        return self.period_from, self.period_to


@pghistory.track()
class Commentary(GuardedModel):
    """What the business manager says in one section. `version` counts the saves, so that two tabs lose nothing;
    every earlier text stays in the row's history."""

    report = models.ForeignKey(HighlightReport, on_delete=models.PROTECT, related_name="commentaries")
    section = models.CharField(max_length=20, choices=SectionCode)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = person()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "commentaries"
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="highlight_reports_one_commentary_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()} ({self.report.reference})"


class RenderedPdfQuerySet(GuardedQuerySet):
    def whole(self) -> Self:
        return self.filter(variant=Variant.WHOLE)


@pghistory.track(exclude=["content"])
class RenderedPdf(GuardedModel):
    """A PDF of an approved report, kept in the database: one backup holds the row, its audit and its bytes, and
    there is no second store to guard. Under 2 MB each, some twelve a year."""

    report = models.ForeignKey(HighlightReport, on_delete=models.PROTECT, related_name="pdfs")
    variant = models.CharField(max_length=10, choices=Variant, default=Variant.WHOLE)
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("size in bytes")
    pages = models.PositiveSmallIntegerField()
    rendered_at = models.DateTimeField()

    objects = RenderedPdfQuerySet.as_manager()

    class Meta:
        verbose_name = "PDF"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="highlight_reports_sha256_is_one"
            ),
            models.UniqueConstraint(fields=["report", "variant"], name="highlight_reports_one_pdf_of_each_variant"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Neutral: the reference, the meeting's date, and for whom it is."""
        ending = "" if self.variant == Variant.WHOLE else "-wider"
        return f"{self.report.reference}-{self.report.meeting_on.isoformat()}{ending}.pdf"
