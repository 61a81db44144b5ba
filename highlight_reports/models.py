"""The report to one Executive meeting: its dates, its commentary, its frozen figures and its PDF."""

from datetime import date
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.errors import WorkflowError
from core.guard import GuardedModel, GuardedQuerySet
from highlight_reports.choices import SectionCode
from highlight_reports.states import APPROVED, TABLE, WITH_PDF, Status
from panel.models import User
from panel.permissions import Permission, can


def _together(*fields: str) -> Q:
    """All of the nullable `fields` are filled, or none of them is."""
    return Q(**{f"{f}__isnull": False for f in fields}) | Q(**{f"{f}__isnull": True for f in fields})


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


def _person_or_none() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


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
    assembled_by = _person()
    assembled_at = models.DateTimeField()
    submitted_by = _person_or_none()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = _person_or_none()
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    approved_by = _person_or_none()
    approved_at = models.DateTimeField(null=True, blank=True)
    render_attempts = models.PositiveSmallIntegerField(default=0)
    render_started_at = models.DateTimeField(null=True, blank=True)
    sent_by = _person_or_none()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = HighlightReportQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting_on"],
                condition=~Q(status=Status.DISCARDED),
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
                condition=_together("submitted_by", "submitted_at"), name="highlight_reports_submitted_when_and_by"
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
                | ~Q(status=Status.SENT) & Q(sent_by__isnull=True, sent_at__isnull=True),
                name="highlight_reports_sent_when_and_by",
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
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.status in APPROVED

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
    updated_by = _person()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "commentaries"
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="highlight_reports_one_commentary_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()} ({self.report.reference})"


@pghistory.track(exclude=["content"])
class RenderedPdf(GuardedModel):
    """The PDF of an approved report, kept in the database: one backup holds the row, its audit and its bytes, and
    there is no second store to guard. Under 2 MB each, some six a year."""

    report = models.OneToOneField(HighlightReport, on_delete=models.PROTECT, related_name="pdf")
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("size in bytes")
    pages = models.PositiveSmallIntegerField()
    rendered_at = models.DateTimeField()

    class Meta:
        verbose_name = "PDF"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="highlight_reports_sha256_is_one")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Neutral: the reference and the meeting's date, nothing else."""
        return f"{self.report.reference}-{self.report.meeting_on.isoformat()}.pdf"
