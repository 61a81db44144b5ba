"""The reviewer: who was considered and why, their declaration of independence, and what they were asked in writing."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from panel.roles import StatutoryRole
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, person
from practice_reviews.states import ReviewerStatus
from referrals.models.base import both_or_neither


@pghistory.track()
class Reviewer(GuardedModel):
    """Somebody considered as the reviewer, and perhaps appointed."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="reviewers")
    status = models.CharField(max_length=12, choices=ReviewerStatus, default=ReviewerStatus.CONSIDERED)
    name = models.CharField(max_length=150)
    organisation = models.CharField(max_length=200, blank=True)
    address = models.EmailField("work e-mail", blank=True)
    expertise = models.TextField("knowledge and experience", blank=True)
    considered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField()
    reason = models.TextField("reason for the choice", blank=True)
    chosen_by = person()
    chosen_on = models.DateField("appointed or turned down on", null=True, blank=True)
    ended_by = person()
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="practice_reviews_reviewer_has_a_name"),
            models.CheckConstraint(
                condition=Q(status=ReviewerStatus.CONSIDERED, chosen_by__isnull=True, chosen_on__isnull=True, reason="")
                | ~Q(status=ReviewerStatus.CONSIDERED)
                & Q(chosen_by__isnull=False, chosen_on__isnull=False)
                & ~Q(reason=""),
                name="practice_reviews_reviewer_chosen_who_when_why",
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewerStatus.ENDED, ended_by__isnull=False, ended_on__isnull=False)
                & ~Q(ended_reason="")
                | ~Q(status=ReviewerStatus.ENDED) & Q(ended_by__isnull=True, ended_on__isnull=True, ended_reason=""),
                name="practice_reviews_reviewer_ended_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfReviewerQuerySet(GuardedQuerySet):
    """Rows of a reviewer, through their field `reviewer`."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(reviewer__in=Reviewer.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class Declaration(GuardedModel):
    """What a reviewer declares about their independence, and who accepted it or not. A newer one replaces it."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="declarations")
    text = models.TextField("in the reviewer’s words")
    apart_from_agencies = models.BooleanField("independent of the agencies in scope")
    apart_from_line = models.BooleanField("independent of the line management of the case")
    declared_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_accepted = models.BooleanField(null=True)
    ruled_by = person()
    ruled_on = models.DateField(null=True, blank=True)
    ruling = models.TextField("grounds", blank=True)

    objects = OfReviewerQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-pk"]
        verbose_name = "declaration of independence"
        verbose_name_plural = "declarations of independence"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="practice_reviews_declaration_says_something"),
            models.CheckConstraint(
                condition=both_or_neither("is_accepted", "ruled_by", "ruled_on"),
                name="practice_reviews_declaration_ruled_who_when",
            ),
            # Not independent in full: accepted only with grounds. Not accepted: always with grounds.
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True)
                | Q(is_accepted=True, apart_from_agencies=True, apart_from_line=True)
                | ~Q(ruling=""),
                name="practice_reviews_declaration_ruled_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration of {self.declared_on:%d.%m.%Y}"


@pghistory.track()
class ReviewerRequest(GuardedModel):
    """A written request to the reviewer by a Safeguarding Partner, and the answer.

    Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018, regulation 14.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="requests")
    partner = models.CharField("asked by", max_length=20, choices=StatutoryRole)
    text = models.TextField("what is asked")
    asked_on = models.DateField()
    answer_by = models.DateField("answer by")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer_by_whom = person(verbose_name="answer recorded by")

    objects = OfReviewerQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["asked_on", "pk"]
        verbose_name = "written request to the reviewer"
        verbose_name_plural = "written requests to the reviewer"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(answer_by__gte=models.F("asked_on")), name="practice_reviews_request_by_when"
            ),
            models.CheckConstraint(condition=~Q(partner=StatutoryRole.NONE), name="practice_reviews_request_by_whom"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answer_by_whom__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False, answer_by_whom__isnull=False),
                name="practice_reviews_request_answered_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Request of {self.asked_on:%d.%m.%Y}"
