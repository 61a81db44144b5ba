"""The rapid review of one case: its sections, criteria, recommendations and the three partners' decisions."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency, Membership
from panel.roles import StatutoryRole
from rapid_reviews.choices import CIRCUMSTANCES, PARTNERS, Criterion, Finding, Outcome, SectionKey, View
from rapid_reviews.states import OPEN, TABLE, Status
from referrals.models import Child, Referral
from referrals.models.base import CaseRowQuerySet, both_or_neither


class RapidReviewQuerySet(CaseRowQuerySet):
    """`visible_to(user)` comes from the case: whoever sees the case sees its rapid review."""

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def sent_between(self, first: date, last: date) -> Self:
        """Sent to the national Panel on one of the days `first` to `last`, both included."""
        return self.filter(status=Status.SENT, sent_on__range=(first, last))


@pghistory.track()
class RapidReview(GuardedModel):
    """A case has at most one: found not to meet the criteria, it is withdrawn and counted apart."""

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
                condition=Q(status=Status.SENT, sent_on__isnull=False, sent_by__isnull=False, reply_clock__isnull=False)
                | ~Q(status=Status.SENT) & Q(sent_on__isnull=True, sent_by__isnull=True, reply_clock__isnull=True),
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
                condition=~Q(status__in=[Status.DECIDED, Status.SENT]) | Q(decided_on__isnull=False),
                name="rapid_reviews_nothing_sent_undecided",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("decided_on")),
                name="rapid_reviews_sent_after_decided",
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
    def whose_move(self) -> str:
        """A short phrase: who holds the ball."""
        if self.status == Status.RECOMMENDED and self.partners_differ_since:
            return "The Panel: the partners differ"
        return TABLE.owner(self.status)

    @property
    def recommendation(self) -> "Recommendation | None":
        """The one that stands, if there is one."""
        return self.recommendations.standing().first()


@pghistory.track()
class Section(GuardedModel):
    """One part of the review's text. The row comes with the first save; `version` guards against lost updates."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30, choices=SectionKey)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    is_unknown = models.BooleanField("not known", default=False)
    unknown_reason = models.TextField("why it is not known", blank=True)
    is_complete = models.BooleanField("complete", default=False)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "key", "child"], nulls_distinct=False, name="rapid_reviews_one_section_each"
            ),
            models.CheckConstraint(
                condition=Q(key=SectionKey.SAFEGUARDING, child__isnull=False)
                | ~Q(key=SectionKey.SAFEGUARDING) & Q(child__isnull=True),
                name="rapid_reviews_safeguarding_is_of_a_child",
            ),
            models.CheckConstraint(
                condition=Q(is_unknown=False, unknown_reason="") | Q(is_unknown=True) & ~Q(unknown_reason=""),
                name="rapid_reviews_not_known_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_complete=False) | Q(is_unknown=True) | ~Q(text=""),
                name="rapid_reviews_complete_is_never_blank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} ({self.review})"


@pghistory.track()
class CriterionAnswer(GuardedModel):
    """What the Panel finds on one criterion or circumstance, and why."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="criterion_answers")
    criterion = models.CharField(max_length=20, choices=Criterion)
    finding = models.CharField(max_length=10, choices=Finding)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="rapid_reviews_one_answer_per_criterion"),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(criterion__in=CIRCUMSTANCES, finding=Finding.NOT_MET),
                name="rapid_reviews_criterion_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.finding_label}"

    @property
    def finding_label(self) -> str:
        """Criteria are met, circumstances apply."""
        if self.criterion not in CIRCUMSTANCES:
            return Finding(self.finding).label
        return {Finding.MET: "Applies", Finding.NOT_MET: "Does not apply", Finding.NOT_CLEAR: "Not clear"}[
            Finding(self.finding)
        ]


class RecommendationQuerySet(GuardedQuerySet):
    def drafts(self) -> Self:
        return self.filter(recorded_at__isnull=True)

    def standing(self) -> Self:
        return self.filter(recorded_at__isnull=False, reopened_at__isnull=True)


@pghistory.track()
class Recommendation(GuardedModel):
    """The Panel's recommendation to the three partners: a draft, then standing, then perhaps reopened and kept."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.TextField()
    met_on = models.DateField("date of the Panel meeting")
    dissent = models.TextField(blank=True)
    chair_ruling = models.TextField("the chair’s ruling where the meeting was not quorate", blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_quorate = models.BooleanField(null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopen_reason = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rapid_reviews_recommendation_number"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(recorded_at__isnull=True), name="rapid_reviews_one_draft_recommendation"
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(recorded_at__isnull=False, reopened_at__isnull=True),
                name="rapid_reviews_one_standing_recommendation",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rapid_reviews_recommendation_has_a_reason"),
            models.CheckConstraint(
                condition=both_or_neither("recorded_by", "recorded_at", "is_quorate"),
                name="rapid_reviews_recorded_when_and_by",
            ),
            models.CheckConstraint(
                condition=both_or_neither("reopened_by", "reopened_at")
                & (Q(reopened_at__isnull=True, reopen_reason="") | Q(reopened_at__isnull=False) & ~Q(reopen_reason=""))
                & (Q(reopened_at__isnull=True) | Q(reopened_at__gte=F("recorded_at"))),
                name="rapid_reviews_reopened_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(is_quorate__isnull=True)
                | Q(is_quorate=True)
                | ~Q(chair_ruling="") & Q(ruled_by__isnull=False),
                name="rapid_reviews_not_quorate_needs_a_ruling",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number} ({self.review})"


@pghistory.track()
class Attendance(GuardedModel):
    """Somebody present at the meeting that recommended, as what, and whether a conflict kept them from counting."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    represents = models.CharField(max_length=10, choices=StatutoryRole, default=StatutoryRole.NONE)
    is_conflicted = models.BooleanField(default=False)

    class Meta:
        ordering = ["membership__user__name"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "membership"], name="rapid_reviews_present_once"),
            models.CheckConstraint(
                condition=Q(is_conflicted=False) | Q(represents=StatutoryRole.NONE),
                name="rapid_reviews_conflicted_represents_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)


@pghistory.track()
class PartnerDecision(GuardedModel):
    """One Safeguarding Partner's decision on one recommendation, kept whatever becomes of it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="decisions")
    partner = models.CharField(max_length=10, choices=StatutoryRole)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=10, choices=View)
    amended_outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reasons = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "partner"], name="rapid_reviews_one_decision_each"),
            models.UniqueConstraint(
                fields=["recommendation", "decided_by"], name="rapid_reviews_nobody_decides_for_two"
            ),
            models.CheckConstraint(condition=Q(partner__in=PARTNERS), name="rapid_reviews_only_partners_decide"),
            models.CheckConstraint(condition=~Q(reasons=""), name="rapid_reviews_decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(view=View.AMEND) & ~Q(amended_outcome="") | ~Q(view=View.AMEND) & Q(amended_outcome=""),
                name="rapid_reviews_amendment_says_to_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_partner_display()}: {self.get_view_display()}"

    def outcome(self, recommended: str) -> str | None:
        """The outcome that this partner wants; None where it only disagrees."""
        wanted: dict[str, Any] = {View.AGREE: recommended, View.AMEND: self.amended_outcome, View.DISAGREE: None}
        return wanted[self.view]
