"""What a review looks at: its questions, the children and the agencies."""

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.models import Agency
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from rapid_reviews.models import KeyLineOfEnquiry
from referrals.models import Child


@pghistory.track()
class Enquiry(GuardedModel):
    """A key line of enquiry; `origin` is the one of the rapid review from which it started."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="enquiries")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    why = models.TextField("why it is asked", blank=True)
    origin = models.ForeignKey(KeyLineOfEnquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["review", "number"]
        verbose_name = "key line of enquiry"
        verbose_name_plural = "key lines of enquiry"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="practice_reviews_enquiry_number"),
            models.CheckConstraint(condition=~Q(question=""), name="practice_reviews_enquiry_asks"),
        ]

    def __str__(self) -> str:
        return f"Key line of enquiry {self.number}"


@pghistory.track()
class ScopeChild(GuardedModel):
    """A child of the case whom the review is about."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="scope_children")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        verbose_name = "child in scope"
        verbose_name_plural = "children in scope"
        constraints = [models.UniqueConstraint(fields=["review", "child"], name="practice_reviews_child_once")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.child_id}"


@pghistory.track()
class ScopeAgency(GuardedModel):
    """An agency whose practice the review looks at."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="scope_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name"]
        verbose_name = "agency in scope"
        verbose_name_plural = "agencies in scope"
        constraints = [models.UniqueConstraint(fields=["review", "agency"], name="practice_reviews_agency_once")]

    def __str__(self) -> str:
        return str(self.agency)
