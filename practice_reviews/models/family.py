"""The family and the review: who, how far they take part, and each contact with them. Special care with names."""

import uuid
from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.models.beside import account
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from practice_reviews.states import FAMILY, Involvement
from referrals.models import Child, RelatedPerson


@pghistory.track()
class FamilyMember(GuardedModel):
    """Somebody of the family: a child or another person of the case, or somebody whom the case does not know.

    Those of the case have a pseudonym there; `pseudonym` is only for the others, who have `name` here.
    """

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="family")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("full name", max_length=200, blank=True)
    pseudonym = models.CharField(max_length=60, blank=True, help_text="As everybody may read it: Aunt of Child A.")
    reach = models.TextField("how to reach them, and what to mind", blank=True)
    status = models.CharField(max_length=12, choices=Involvement, default=Involvement.TO_INVITE)
    added_by = account()
    added_at = models.DateTimeField()

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        verbose_name = "member of the family"
        verbose_name_plural = "members of the family"
        constraints = [
            models.UniqueConstraint(fields=["review", "child"], name="practice_reviews_family_child_once"),
            models.UniqueConstraint(fields=["review", "person"], name="practice_reviews_family_person_once"),
            models.UniqueConstraint(
                fields=["review", "pseudonym"], condition=~Q(pseudonym=""), name="practice_reviews_pseudonym_once"
            ),
            models.CheckConstraint(
                condition=Q(child__isnull=False, person__isnull=True, name="", pseudonym="")
                | Q(child__isnull=True, person__isnull=False, name="", pseudonym="")
                | Q(child__isnull=True, person__isnull=True) & ~Q(name="") & ~Q(pseudonym=""),
                name="practice_reviews_family_member_is_one",
            ),
        ]

    def __str__(self) -> str:
        """The pseudonym."""
        return str(self.child or self.person or self.pseudonym)

    @property
    def full_name(self) -> str:
        """For those who may see names; empty where nobody recorded one."""
        known = self.child or self.person
        return str(known.name if known else self.name)

    @property
    def whose_move(self) -> str:
        return FAMILY.owner(self.status)


class OfFamilyQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(member__in=FamilyMember.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class FamilyContact(GuardedModel):
    """One contact with a member of the family, or the reason why a step is not taken. Written once, never changed."""

    member = models.ForeignKey(FamilyMember, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=20, choices=ContactKind)
    step = models.CharField("step left out", max_length=20, choices=FamilyStep, blank=True)
    on = models.DateField("on")
    how = models.CharField("how, and by whom", max_length=200, blank=True)
    text = models.TextField("what was said", blank=True)
    recorded_by = account()
    recorded_at = models.DateTimeField()

    objects = OfFamilyQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "contact with the family"
        verbose_name_plural = "contacts with the family"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ContactKind.LEFT_OUT) & ~Q(step="") | ~Q(kind=ContactKind.LEFT_OUT) & Q(step=""),
                name="practice_reviews_left_out_what",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ContactKind.DECLINE, ContactKind.SET_ASIDE, ContactKind.LEFT_OUT]) | ~Q(text=""),
                name="practice_reviews_declined_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on:%d.%m.%Y}"
