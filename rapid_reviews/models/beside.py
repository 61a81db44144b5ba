"""What stands beside the text of a section: who writes it, what members say to it, and what each has seen of it."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from rapid_reviews.choices import OF_EACH_CHILD, SectionKey
from rapid_reviews.models.review import RapidReview
from referrals.models import Child

OF_A_CHILD = Q(key__in=OF_EACH_CHILD, child__isnull=False) | ~Q(key__in=OF_EACH_CHILD) & Q(child__isnull=True)


class OfASection(GuardedModel):
    """Belongs to one section of one review, whether or not anything has been written there yet."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="%(class)ss")
    key = models.CharField("section", max_length=30, choices=SectionKey)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def place(self) -> tuple[str, int | None]:
        return self.key, self.child_id


@pghistory.track()
class Assignment(OfASection):
    """Who writes a section. Taken away, `owner` is empty and the row stays."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_sections"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "key", "child"], nulls_distinct=False, name="rapid_reviews_one_owner_each"
            ),
            models.CheckConstraint(condition=OF_A_CHILD, name="rapid_reviews_owner_of_a_section_that_is"),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.owner or 'nobody'}"


@pghistory.track()
class Comment(OfASection):
    """What a member says to a section, or in reply to a comment. Edited, never deleted; the history has what it was."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="rapid_reviews_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="rapid_reviews_comment_resolved_who_when",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True),
                name="rapid_reviews_only_whole_threads_are_resolved",
            ),
            models.CheckConstraint(condition=OF_A_CHILD, name="rapid_reviews_comment_on_a_section_that_is"),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.get_key_display()}"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None


class Look(OfASection):
    """What one person has seen of a section: which version, and when. For "changed since you last looked".

    Without row history on purpose: it says nothing of the case, and that the page was read stands in the audit trail.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person", "key", "child"], nulls_distinct=False, name="rapid_reviews_one_look_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}, version {self.version}"
