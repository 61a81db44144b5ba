"""What follows the plan: a decision not to publish, comments of the authorities, addresses that are watched."""

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from publications.choices import Authority, Place
from publications.models.base import OfPublicationQuerySet, person
from publications.models.publication import Publication


@pghistory.track()
class Withholding(GuardedModel):
    """A decision not to publish. It stays on record when publication is planned again."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="withholdings")
    justification = models.TextField("why the report is not published")
    improvements = models.TextField("information on improvements that is published instead")
    decided_by = person(null=False, blank=False)
    decided_on = models.DateField()
    panel_told_on = models.DateField("national Panel told", null=True, blank=True)
    secretary_told_on = models.DateField("Secretary of State told", null=True, blank=True)
    ended_on = models.DateField("planned again", null=True, blank=True)

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(justification="") & ~Q(improvements=""), name="publications_withheld_with_reason"
            ),
            models.UniqueConstraint(
                fields=["publication"], condition=Q(ended_on__isnull=True), name="publications_one_withholding_runs"
            ),
        ]

    def __str__(self) -> str:
        return f"Not published, decided {self.decided_on:%d.%m.%Y}"

    @property
    def is_told(self) -> bool:
        return self.panel_told_on is not None and self.secretary_told_on is not None


@pghistory.track()
class AuthorityComment(GuardedModel):
    """What the national Panel or the Secretary of State said about publishing or not, and what was made of it."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="comments")
    authority = models.CharField("who", max_length=20, choices=Authority)
    received_on = models.DateField("received")
    text = models.TextField("what they said")
    response = models.TextField("what was made of it", blank=True)
    recorded_by = person(null=False, blank=False)
    recorded_at = models.DateTimeField()

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="publications_comment_says_something")]

    def __str__(self) -> str:
        return f"{self.get_authority_display()}, {self.received_on:%d.%m.%Y}"


@pghistory.track()
class WatchedAddress(GuardedModel):
    """An address at which a published report must be found, and what the last look at it said."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="addresses")
    place = models.CharField(max_length=10, choices=Place)
    address = models.URLField(max_length=500)
    wanted_at = models.DateTimeField("to be looked at from", db_index=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("what it said", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("failed looks in a row", default=0)
    broken_since = models.DateTimeField(null=True, blank=True)

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["place", "pk"]
        verbose_name_plural = "watched addresses"
        constraints = [
            models.UniqueConstraint(fields=["publication", "place"], name="publications_one_address_each"),
            models.CheckConstraint(
                condition=Q(failures=0, broken_since__isnull=True) | Q(failures__gt=0, broken_since__isnull=False),
                name="publications_broken_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.address


@pghistory.track()
class PublicPage(models.Model):
    """Whether this installation shows published reports to everybody. Off until somebody switches it on."""

    is_on = models.BooleanField(
        "public page of published reports", default=False,
        help_text="Shows /published/ to everybody, without sign-in: the titles, texts and files that were published.",
    )  # fmt: skip
    intro = models.TextField("introduction", blank=True, help_text="Stands above the list. Plain text.")
    contact = models.CharField("whom to contact", max_length=200, blank=True)

    class Meta:
        verbose_name = "public page"
        verbose_name_plural = "public page"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="publications_one_public_page")]

    def __str__(self) -> str:
        return "Public page of published reports"

    @classmethod
    def current(cls) -> "PublicPage":
        return cls.objects.filter(pk=1).first() or cls(pk=1)
