"""What the search looks in. Derived from the rows of the apps below and made anew with them, so without history.

Nothing here decides who sees what: every hit is asked for again among its model's own `visible_to`.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from overview.choices import ONLY_WITH_NAMES, Kind


class SearchSubject(GuardedModel):
    """Something that is indexed as a whole: a case, an action of no case, the meetings.

    `key` is "case:CSPR-2026-014", "action:ACT-2026-003" or "meetings". Without `indexed_at` it waits to be indexed.
    """

    key = models.CharField(max_length=60, unique=True)
    reference = models.CharField("case", max_length=40, blank=True)
    indexed_at = models.DateTimeField(null=True, blank=True)
    entries = models.PositiveIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.key


class SearchEntry(GuardedModel):
    """One thing that can be found, in two readings: as it was written, and with pseudonyms for recorded names.

    Each reading has words of its own, so that who may not see names cannot find by them either. `title` holds none.
    `object_id` is the row of the model that its kind stands for. Gone with its case, whatever else holds the case back.
    """

    subject = models.ForeignKey(SearchSubject, on_delete=models.CASCADE, related_name="found")
    kind = models.CharField(max_length=12, choices=Kind)
    object_id = models.BigIntegerField()
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="case"
    )
    reference = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    on = models.DateField("of the day", null=True, blank=True)
    named = models.TextField("as it was written")
    plain = models.TextField("with pseudonyms", blank=True)
    named_words = SearchVectorField()
    plain_words = SearchVectorField()
    digest = models.CharField(max_length=64)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="overview_found_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(ONLY_WITH_NAMES)) | Q(plain=""), name="overview_found_with_names_only"
            ),
        ]
        indexes = [
            GinIndex(fields=["named_words"], name="overview_named_words"),
            GinIndex(fields=["plain_words"], name="overview_plain_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.object_id}"


class DocumentText(GuardedModel):
    """The text of one stored document. Removed when the file is no longer available.

    `tries` is written before the file is opened: one that takes the worker down with it is not tried for ever.
    """

    document = models.OneToOneField("documents.Document", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField("case", max_length=40)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField("longer than what is kept", default=False)
    problem = models.CharField("why there is no text", max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=False) | Q(text="", is_cut=False), name="overview_text_was_read"
            )
        ]

    def __str__(self) -> str:
        return f"Text of {self.document}"
