"""The rapid review of one case: where it stands, its clocks, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from rapid_reviews.choices import Outcome, Reply
from rapid_reviews.states import AFTER_SENDING, OPEN, TABLE, Status
from referrals.models import Referral
from referrals.models.base import CaseRowQuerySet, both_or_neither

if TYPE_CHECKING:
    from rapid_reviews.models.recommending import Recommendation


class RapidReviewQuerySet(CaseRowQuerySet):
    """`visible_to(user)` comes from the case: whoever sees the case sees its rapid review."""

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def sent_between(self, first: date, last: date) -> Self:
        """Sent to the national Panel (first) on one of the days `first` to `last`, both included.

        One that the national Panel sent back is among them: it was sent, and judged by that day. One found not to meet
        the criteria afterwards is not: withdrawn reviews are counted apart.
        """
        return self.exclude(status=Status.WITHDRAWN).filter(sent_on__range=(first, last))


@pghistory.track()
class RapidReview(GuardedModel):
    """A case has at most one: found not to meet the criteria, it is withdrawn and counted apart.

    `sent_on` and `sent_by` are those of the first sending, by which the statutory clock was judged; they stay when the
    national Panel disagrees and the decision is taken anew. `reply_clock` is the wait of the latest sending. Every
    sending is a Submission.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="rapid_review")
    clock = models.OneToOneField("deadlines.Clock", on_delete=models.PROTECT, related_name="+")
    reply_clock = models.OneToOneField(
        "deadlines.Clock", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.OPENED, db_index=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.CharField("agreed outcome", max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    partners_differ_since = models.DateField(null=True, blank=True)
    sent_on = models.DateField("sent to the national Panel on", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True)

    objects = RapidReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("sent_on", "sent_by", "reply_clock")
                & (~Q(status__in=AFTER_SENDING) | Q(sent_on__isnull=False))
                & (~Q(status__in=[Status.OPENED, Status.GATHERING]) | Q(sent_on__isnull=True)),
                name="rapid_reviews_sent_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(status=Status.WITHDRAWN)
                & Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""),
                name="rapid_reviews_withdrawn_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) & ~Q(outcome="") | Q(decided_on__isnull=True, outcome=""),
                name="rapid_reviews_decided_when_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.DECIDED, *AFTER_SENDING]) | Q(decided_on__isnull=False),
                name="rapid_reviews_nothing_sent_undecided",
            ),
            models.CheckConstraint(
                condition=Q(partners_differ_since__isnull=True) | Q(status__in=[Status.RECOMMENDED, Status.WITHDRAWN]),
                name="rapid_reviews_differ_only_while_recommended",
            ),
        ]

    def __str__(self) -> str:
        return f"Rapid review of {self.referral.reference}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_local(self) -> bool:
        """Opened by decision of the Panel, without a notification to the national Panel."""
        return self.referral.notified_on is None

    @property
    def is_sent(self) -> bool:
        """It is with the national Panel, or they have replied."""
        return self.status in AFTER_SENDING

    @property
    def is_back(self) -> bool:
        """The national Panel disagreed, and the decision is being taken anew."""
        return self.is_open and self.sent_on is not None

    @property
    def has_open_questions(self) -> bool:
        return self.submissions.filter(replies__kind=Reply.QUESTIONS, replies__answered_on__isnull=True).exists()

    @property
    def whose_move(self) -> str:
        """A short phrase: who holds the ball."""
        if self.status == Status.RECOMMENDED and self.partners_differ_since:
            return "The Panel: the partners differ"
        if self.status in AFTER_SENDING and self.has_open_questions:
            return "Business manager, to answer the national Panel’s questions"
        return TABLE.owner(self.status)

    @property
    def recommendation(self) -> Recommendation | None:
        """The one that stands, if there is one."""
        return self.recommendations.standing().first()
