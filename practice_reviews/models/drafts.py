"""Drafts of the report, the agencies that check their facts, and what they say."""

import uuid
from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from documents.models import Document
from panel.models import Agency
from panel.permissions import GRANTS, Permission
from practice_reviews.models.beside import account
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from practice_reviews.states import (
    CHECKS,
    DRAFTS,
    SENT,
    UNANSWERED,
    AnswerStatus,
    CheckStatus,
    DraftStatus,
)
from referrals.models.base import both_or_neither

READERS = GRANTS[Permission.SEE_PRACTICE_REVIEWS]
MARKING = "OFFICIAL-SENSITIVE"


class DraftQuerySet(OfReviewQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """A whole draft is for those who see commissioned reviews; an agency reads it through its own check."""
        if not user.is_authenticated or not user.roles_on(on or timezone.localdate()) & READERS:
            return self.none()
        return super().visible_to(user, on=on)

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.exclude(status=DraftStatus.WITHDRAWN)


@pghistory.track()
class Draft(GuardedModel):
    """One numbered version of the report. Its file is a document, marked and named without anybody's name."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    owner_key = models.CharField(max_length=80, unique=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    changes = models.TextField("what changed since the draft before", blank=True)
    status = models.CharField(max_length=10, choices=DraftStatus, default=DraftStatus.PREPARED)
    added_by = account()
    added_at = models.DateTimeField()
    due_on = models.DateField("comments by", null=True, blank=True)
    circulated_by = account(null=True, blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True)
    closed_by = account(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = account(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = DraftQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="practice_reviews_draft_number_once"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(status=DraftStatus.OUT), name="practice_reviews_one_draft_out"
            ),
            models.CheckConstraint(
                condition=both_or_neither("circulated_by", "circulated_at", "due_on"),
                name="practice_reviews_draft_circulated_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DraftStatus.OUT, DraftStatus.CLOSED]) | Q(circulated_at__isnull=False),
                name="practice_reviews_draft_out_since",
            ),
            models.CheckConstraint(
                condition=both_or_neither("closed_by", "closed_at"), name="practice_reviews_draft_closed_who_when"
            ),
            models.CheckConstraint(
                condition=Q(status=DraftStatus.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason="")
                | ~Q(status=DraftStatus.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason=""),
                name="practice_reviews_draft_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(changes=""), name="practice_reviews_later_draft_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}, draft {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("practice_reviews:draft", args=[self.review.reference, self.number])

    @property
    def file_name(self) -> str:
        """ "OFFICIAL-SENSITIVE-LR-2026-003-draft-2.pdf": the marking and neutral references only."""
        return f"{MARKING}-{self.review.reference}-draft-{self.number}.{self.document.extension.lstrip('.')}"

    @property
    def whose_move(self) -> str:
        return DRAFTS.owner(self.status)


class FactCheckQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """All of them for those who see commissioned reviews, their own agency's for the others who see the case."""
        if not user.is_authenticated:
            return self.none()
        day = on or timezone.localdate()
        found = self.filter(draft__review__in=PracticeReview.objects.visible_to(user, on=day).values("pk"))
        if user.roles_on(day) & READERS:
            return found
        return found.filter(agency__in=[seat.agency_id for seat in user.memberships_on(day)])

    def waiting(self) -> Self:
        """What an agency has still to answer."""
        return self.filter(draft__status=DraftStatus.OUT, status__in=UNANSWERED)

    def late_on(self, day: date) -> Self:
        return self.waiting().filter(draft__due_on__lt=day)


@pghistory.track()
class FactCheck(GuardedModel):
    """One agency that is asked whether the facts of a draft are right."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead_name = models.CharField(max_length=150)
    lead_address = models.EmailField()
    status = models.CharField(max_length=12, choices=CheckStatus, default=CheckStatus.ASKED)
    asked_at = models.DateTimeField()
    answered_label = models.CharField("answered by", max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FactCheckQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name"]
        verbose_name = "check of the facts"
        verbose_name_plural = "checks of the facts"
        constraints = [
            models.UniqueConstraint(fields=["draft", "agency"], name="practice_reviews_check_once"),
            models.CheckConstraint(
                condition=Q(status__in=[CheckStatus.COMMENTED, CheckStatus.NO_COMMENTS], answered_at__isnull=False)
                & ~Q(answered_label="")
                | ~Q(status__in=[CheckStatus.COMMENTED, CheckStatus.NO_COMMENTS])
                & Q(answered_at__isnull=True, answered_label=""),
                name="practice_reviews_check_answered_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(lead_name="") & ~Q(lead_address=""), name="practice_reviews_check_asks_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft}, {self.agency}"

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"fact-check:{self.pk}"

    @property
    def due_on(self) -> date | None:
        return self.draft.due_on

    @property
    def is_waiting(self) -> bool:
        return self.status in UNANSWERED and self.draft.status == DraftStatus.OUT

    @property
    def whose_move(self) -> str:
        return CHECKS.owner(self.status)

    def is_late_on(self, day: date) -> bool:
        return self.is_waiting and self.due_on is not None and self.due_on < day


class DraftCommentQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(check_row__in=FactCheck.objects.visible_to(user, on=on).values("pk"))

    def live(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def sent(self) -> Self:
        """Those that wait for an answer or have one: sent, or written when the round was closed."""
        return self.live().filter(check_row__status__in=SENT)

    def unanswered(self) -> Self:
        waiting = self.sent().filter(answer=AnswerStatus.OPEN)
        return waiting.exclude(check_row__draft__status=DraftStatus.WITHDRAWN)


@pghistory.track()
class DraftComment(GuardedModel):
    """What an agency says to one place of a draft, and the answer. Taken out before it was sent, it is kept."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    check_row = models.ForeignKey(
        FactCheck, on_delete=models.PROTECT, related_name="comments", verbose_name="check of the facts"
    )
    page = models.CharField("page", max_length=20, blank=True)
    paragraph = models.CharField("paragraph", max_length=40, blank=True)
    says = models.TextField("what the draft says", blank=True)
    should_say = models.TextField("what it should say")
    why = models.TextField("why")
    written_label = models.CharField("written by", max_length=200)
    written_at = models.DateTimeField()
    removed_label = models.CharField("taken out by", max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=AnswerStatus, default=AnswerStatus.OPEN)
    answer_reason = models.TextField("reason of the answer", blank=True)
    answered_by = account(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DraftCommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["check_row", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(should_say="") & ~Q(why="") & (~Q(page="") | ~Q(paragraph="")),
                name="practice_reviews_comment_says_where_and_why",
            ),
            models.CheckConstraint(
                condition=both_or_neither("answered_by", "answered_at"), name="practice_reviews_answer_who_when"
            ),
            models.CheckConstraint(
                condition=Q(answer=AnswerStatus.OPEN, answered_at__isnull=True, answer_reason="")
                | ~Q(answer=AnswerStatus.OPEN) & Q(answered_at__isnull=False),
                name="practice_reviews_answer_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[AnswerStatus.PARTLY, AnswerStatus.REFUSED]) | ~Q(answer_reason=""),
                name="practice_reviews_refused_why",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_label="")
                | Q(removed_at__isnull=False, answer=AnswerStatus.OPEN) & ~Q(removed_label=""),
                name="practice_reviews_comment_removed_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_row.agency}, {self.place}"

    @property
    def place(self) -> str:
        """ "page 4, paragraph 2.3"."""
        found = [f"page {self.page}"] if self.page else []
        return ", ".join([*found, f"paragraph {self.paragraph}"] if self.paragraph else found)
