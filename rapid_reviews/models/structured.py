"""What a rapid review holds as rows, not as running text: analysed episodes, shared learning, parallel proceedings."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from chronology.models import Row
from core.guard import GuardedModel
from rapid_reviews.choices import ProceedingKind
from rapid_reviews.models.review import RapidReview


class Versioned(GuardedModel):
    """`version` guards against lost updates, as in a section; the row history has every version."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="%(class)ss")  # "proceedings"
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Listed(Versioned):
    """A line of a table that may be taken out again; it is kept all the same."""

    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class EpisodeAnalysis(Versioned):
    """A key practice episode of the chronology, analysed. It stays when the chronology's row is unmarked later."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="episode_analyses")
    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="analyses")
    happened = models.TextField("What happened", blank=True)
    expected = models.TextField("What was expected", blank=True)
    why = models.TextField("Why it went as it did", blank=True)
    teaches = models.TextField("What it teaches", blank=True)

    class Meta:
        ordering = ["row__order", "row__pk"]
        constraints = [models.UniqueConstraint(fields=["review", "row"], name="rapid_reviews_episode_analysed_once")]

    def __str__(self) -> str:
        return f"Analysis of {self.row}"

    @property
    def is_complete(self) -> bool:
        return all((self.happened, self.expected, self.why, self.teaches))


@pghistory.track()
class SharedLearning(Listed):
    """One piece of immediate learning and how it is shared."""

    message = models.TextField("What was learned")
    audience = models.CharField("Who needs to know", max_length=300)
    channel = models.CharField("How it is shared", max_length=300)
    by_whom = models.CharField("Who shares it", max_length=200)
    due_on = models.DateField("By when")
    shared_on = models.DateField("Shared on", null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(message="") & ~Q(audience="") & ~Q(channel="") & ~Q(by_whom=""),
                name="rapid_reviews_learning_says_all",
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="rapid_reviews_learning_removed_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Learning for {self.audience}"


@pghistory.track()
class Proceeding(Listed):
    """One set of proceedings beside the review, and what it means for it."""

    kind = models.CharField("Kind", max_length=10, choices=ProceedingKind)
    contact = models.CharField("Contact", max_length=300)
    state = models.CharField("State", max_length=300)
    next_on = models.DateField("Next date", null=True, blank=True)
    effect = models.TextField("Effect on this review and on publication", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(contact="") & ~Q(state=""), name="rapid_reviews_proceeding_contact_and_state"
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="rapid_reviews_proceeding_removed_who_when",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
