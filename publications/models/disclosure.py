"""Disclosure checks of a report and its web text, what they found, and two word lists that the partnership edits."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from documents.models import Document
from publications.disclosure.choices import Kind, Where
from publications.disclosure.states import BLOCKING, CheckStatus, FindingStatus
from publications.models.publication import Publication
from referrals.models.base import both_or_neither


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class CheckQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Whoever sees the publication. What may be read of it, disclosure.permissions says."""
        return self.filter(publication__in=Publication.objects.visible_to(user, on=on).values("pk"))


class FindingQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(check_of__publication__in=Publication.objects.visible_to(user, on=on).values("pk"))

    def blocking(self) -> Self:
        """Those that stop publication."""
        return self.filter(status__in=BLOCKING)


@pghistory.track(exclude=["web_text", "as_given"])
class DisclosureCheck(GuardedModel):
    """One reading of the report and of the web text. Both are kept by hash: another byte is another report.

    `as_given` are the properties of the file as it came, which the store takes out; `known_sha256` tells whether the
    case has learned of somebody since.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="disclosure_checks")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=CheckStatus, default=CheckStatus.WAITING)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_sha256 = models.CharField("SHA-256 of the file", max_length=64, blank=True)
    web_text = models.TextField("text of the web page", blank=True)
    web_sha256 = models.CharField("SHA-256 of the web text", max_length=64, blank=True)
    as_given = models.JSONField("properties of the file as it came", default=list)
    known_sha256 = models.CharField("SHA-256 of what was known", max_length=64, blank=True)
    asked_by = _person()
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField("why it could not be read", max_length=500, blank=True)
    pages = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)

    objects = CheckQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publications_check_number_once"),
            models.UniqueConstraint(
                fields=["publication"], condition=Q(status=CheckStatus.WAITING), name="publications_one_check_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(web_text=""), name="publications_check_of_something"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=True, file_sha256="") | Q(document__isnull=False) & ~Q(file_sha256=""),
                name="publications_check_keeps_the_hash",
            ),
            models.CheckConstraint(
                condition=Q(status=CheckStatus.WAITING, ended_at__isnull=True)
                | ~Q(status=CheckStatus.WAITING) & Q(ended_at__isnull=False),
                name="publications_check_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=CheckStatus.UNREADABLE) | ~Q(refusal=""), name="publications_unreadable_why"
            ),
            models.CheckConstraint(
                condition=~Q(status=CheckStatus.DONE) | ~Q(known_sha256=""), name="publications_check_knows_what"
            ),
        ]

    def __str__(self) -> str:
        return f"Disclosure check {self.number} of {self.publication.practice_review}"

    @property
    def is_done(self) -> bool:
        return self.status == CheckStatus.DONE


@pghistory.track()
class DisclosureFinding(GuardedModel):
    """Something in the report that may tell who somebody is. Names stand in `matches`, `found`, `before`, `after`
    and `reason`: they are shown only to those who may see names. `label` and the place are neutral."""

    check_of = models.ForeignKey(DisclosureCheck, on_delete=models.PROTECT, related_name="findings")
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind)
    where = models.CharField(max_length=12, choices=Where)
    label = models.CharField("whose or what", max_length=250)
    matches = models.TextField("what is known", blank=True)
    found = models.TextField("as it stands there", blank=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    pages = models.JSONField(default=list)
    paragraphs = models.JSONField(default=list)
    times = models.PositiveIntegerField(default=1)

    status = models.CharField(max_length=10, choices=FindingStatus, default=FindingStatus.OPEN, db_index=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    reason = models.TextField("why it may stay", blank=True)
    proposed_by = _person(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = _person(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField("why it may not stay", blank=True)
    mended_in = models.ForeignKey(
        DisclosureCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="mended"
    )

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["check_of", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "fingerprint"], name="publications_finding_once"),
            models.CheckConstraint(
                condition=both_or_neither("proposed_by", "proposed_at"), name="publications_finding_proposed_who_when"
            ),
            models.CheckConstraint(
                condition=both_or_neither("accepted_by", "accepted_at"), name="publications_finding_accepted_who_when"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("proposed_by")),
                name="publications_finding_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=FindingStatus.ACCEPTED)
                | Q(accepted_by__isnull=False, proposed_by__isnull=False) & ~Q(reason=""),
                name="publications_accepted_by_two_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=FindingStatus.PROPOSED) | Q(proposed_by__isnull=False) & ~Q(reason=""),
                name="publications_proposed_why",
            ),
            models.CheckConstraint(
                condition=Q(status=FindingStatus.MENDED, mended_in__isnull=False)
                | ~Q(status=FindingStatus.MENDED) & Q(mended_in__isnull=True),
                name="publications_mended_in_a_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"

    @property
    def is_new(self) -> bool:
        return self.carried_from_id is None

    @property
    def place(self) -> str:
        """ "page 4", "pages 1, 2 and 3", "paragraph 17", "" for what stands on no page."""
        if self.pages:
            return _listed("page", self.pages)
        return _listed("paragraph", self.paragraphs) if self.paragraphs else ""


def _listed(word: str, numbers: list[int]) -> str:
    """ "page 4", "pages 1, 2 and 9 more"."""
    if len(numbers) == 1:
        return f"{word} {numbers[0]}"
    shown = numbers if len(numbers) <= 4 else numbers[:3]
    rest = len(numbers) - len(shown)
    first = ", ".join(map(str, shown if rest else shown[:-1]))
    return f"{word}s {first} and {f'{rest} more' if rest else shown[-1]}"


def _one_word(text: str) -> None:
    if not text.isalpha() or not text.islower():
        raise ValidationError("Enter one word in small letters, without accents or spaces.")


@pghistory.track()
class ShortForm(models.Model):
    """A given name and what it is shortened to. Reference data: the partnership edits the list."""

    name = models.CharField(max_length=40, validators=[_one_word])
    short = models.CharField("short form", max_length=40, validators=[_one_word])

    class Meta:
        ordering = ["name", "short"]
        verbose_name = "short form of a name"
        verbose_name_plural = "short forms of names"
        constraints = [models.UniqueConstraint(fields=["name", "short"], name="publications_short_form_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.short}"


@pghistory.track()
class OrdinaryWord(models.Model):
    """A word that is a name too, such as "rose": found only where a capital letter says that it is one."""

    word = models.CharField(max_length=40, unique=True, validators=[_one_word])

    class Meta:
        ordering = ["word"]
        verbose_name = "word that is a name too"
        verbose_name_plural = "words that are names too"

    def __str__(self) -> str:
        return self.word
