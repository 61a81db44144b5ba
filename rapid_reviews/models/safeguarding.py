"""Immediate safeguarding issues that emerge during a rapid review, and what the agencies answered."""

from datetime import date, timedelta
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency, Membership
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from rapid_reviews.choices import IssueLevel, NoticeState
from rapid_reviews.models.review import RapidReview
from rapid_reviews.states import ISSUES, UNANSWERED, UNSETTLED, IssueStatus
from referrals.models import Child
from referrals.models.base import both_or_neither

SEES_ALL_ISSUES = GRANTS[Permission.SEE_CASES] - {Role.INVITED}


class IssueQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """The issues of the cases that exist for `user`; an invited representative sees their own agency's only."""
        found = self.filter(review__in=RapidReview.objects.visible_to(user, on=on).values("pk"))
        day = on or timezone.localdate()
        if not user.is_authenticated or user.roles_on(day) & SEES_ALL_ISSUES:
            return found
        mine = Membership.objects.running_on(day).filter(user=user, agency=OuterRef("agency"))
        return found.filter(Exists(mine))

    def unanswered(self) -> Self:
        return self.filter(status__in=UNANSWERED)

    def unsettled(self) -> Self:
        return self.filter(status__in=UNSETTLED)


@pghistory.track()
class SafeguardingIssue(GuardedModel):
    """What is of concern about children now, put to one agency (terms of reference, functions of the Panel).

    It hangs on the rapid review, since the terms of reference speak of issues "which emerge during the rapid review
    process". Before there is one, an immediate risk is no business of this Panel's: it goes by the partnership's own
    route (999, children's social care), which stands before every referral and on the page that raises an issue. An
    issue outlives its review: sent or withdrawn, it is chased until it is settled, and the agency can answer.

    `round` counts how often the agency was asked; each answer is kept under its round. `level` is how far it was
    escalated in this round. The safeguarding lead is kept as named when the agency was asked.
    """

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="safeguarding_issues")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=IssueStatus, default=IssueStatus.RAISED, db_index=True)
    children = models.ManyToManyField(Child, through="ConcernedChild", related_name="+", blank=True)
    concern = models.TextField("what is of concern")
    asked = models.TextField("what is asked for")
    lead_name = models.CharField("safeguarding lead", max_length=150)
    lead_address = models.EmailField("safeguarding lead’s work e-mail")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField("times asked", default=1)
    asked_at = models.DateTimeField("last asked")
    answer_by = models.DateField("answer wanted by")
    level = models.CharField("escalated to", max_length=10, choices=IssueLevel, default=IssueLevel.AGENCY)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("why it was raised in error", blank=True)
    sending_reason = models.TextField("why the review may be sent without an answer", blank=True)
    sending_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sending_at = models.DateTimeField(null=True, blank=True)

    objects = IssueQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["number"]
        verbose_name = "safeguarding issue"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rapid_reviews_issue_number_once"),
            models.CheckConstraint(condition=~Q(concern="") & ~Q(asked=""), name="rapid_reviews_issue_says_what"),
            models.CheckConstraint(
                condition=Q(status=IssueStatus.RESOLVED, resolved_by__isnull=False, resolved_at__isnull=False)
                | ~Q(status=IssueStatus.RESOLVED) & Q(resolved_by__isnull=True, resolved_at__isnull=True),
                name="rapid_reviews_issue_resolved_who_when",
            ),
            models.CheckConstraint(
                condition=Q(status=IssueStatus.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(status=IssueStatus.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawal_reason=""),
                name="rapid_reviews_issue_withdrawn_who_when_why",
            ),
            models.CheckConstraint(
                condition=both_or_neither("sending_by", "sending_at")
                & (Q(sending_by__isnull=True, sending_reason="") | Q(sending_by__isnull=False) & ~Q(sending_reason="")),
                name="rapid_reviews_issue_sent_without_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Safeguarding issue {self.number}, {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("rapid_reviews:issue", args=[self.review.referral.reference, self.number])

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"safeguarding-issue:{self.pk}"

    @property
    def whose_move(self) -> str:
        return ISSUES.owner(self.status)

    @property
    def is_unanswered(self) -> bool:
        return self.status in UNANSWERED

    @property
    def blocks_sending(self) -> bool:
        """Unanswered, and the chair has given no reason to send the review nonetheless."""
        return self.is_unanswered and not self.sending_reason

    def is_late_on(self, day: date) -> bool:
        return self.is_unanswered and self.answer_by < day

    def is_shown_to(self, user: Any, *, on: date) -> bool:
        """The same answer as `visible_to`, for somebody who sees the case."""
        if user.roles_on(on) & SEES_ALL_ISSUES:
            return True
        return any(seat.agency_id == self.agency_id for seat in user.memberships_on(on))

    @property
    def latest(self) -> "SafeguardingAnswer | None":
        """The newest answer, of this round or an earlier one."""
        return self.answers.order_by("-round").first()


@pghistory.track()
class ConcernedChild(GuardedModel):
    """One child whom an issue is about. An issue may name none: the risk may be to children nobody knows yet."""

    issue = models.ForeignKey(SafeguardingIssue, on_delete=models.PROTECT, related_name="concerned")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["child__position"]
        constraints = [models.UniqueConstraint(fields=["issue", "child"], name="rapid_reviews_concerned_once")]

    def __str__(self) -> str:
        return f"{self.issue}: {self.child}"


@pghistory.track()
class SafeguardingAnswer(GuardedModel):
    """What the agency answered in one round, and what was wanted instead where the chair asked again."""

    issue = models.ForeignKey(SafeguardingIssue, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField("answer")
    is_action_complete = models.BooleanField("the action is complete")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_as = models.CharField("answered by", max_length=360)
    answered_at = models.DateTimeField()
    again_reason = models.TextField("what is still wanted", blank=True)
    again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    again_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "round"], name="rapid_reviews_one_answer_each_round"),
            models.CheckConstraint(condition=~Q(text=""), name="rapid_reviews_answer_says_something"),
            models.CheckConstraint(
                condition=both_or_neither("again_by", "again_at")
                & (Q(again_by__isnull=True, again_reason="") | Q(again_by__isnull=False) & ~Q(again_reason="")),
                name="rapid_reviews_asked_again_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.round}, {self.answered_as}"


class TimesQuerySet(models.QuerySet["SafeguardingTimes"]):
    def for_day(self, day: date) -> "SafeguardingTimes":
        """The edition in force on the day, else the earliest held. DoesNotExist where somebody removed them all."""
        return times_on(day, list(self.order_by("effective_from")))


def times_on(day: date, editions: "list[SafeguardingTimes]") -> "SafeguardingTimes":
    """The same, of editions that were read already, earliest first."""
    if not editions:
        raise SafeguardingTimes.DoesNotExist("There are no times for safeguarding issues. Add them in the admin site.")
    return [edition for edition in editions if edition.effective_from <= day or edition == editions[0]][-1]


@pghistory.track()
class SafeguardingTimes(models.Model):
    """By when an answer is wanted, and when who is reminded: one edition of the partnership's own practice.

    The edition in force on the day on which the agency was asked decides. Reminders and escalation count calendar
    days: a child at risk does not wait for Monday.
    """

    answer_within = models.PositiveSmallIntegerField(
        "answer wanted within", default=1, help_text="Working days after the agency is asked: what the form proposes."
    )
    chase_every = models.PositiveSmallIntegerField(
        "agency reminded every", default=1, help_text="Calendar days, from the day on which it was asked."
    )
    chair_after = models.PositiveSmallIntegerField(
        "chair told", default=1, help_text="Calendar days after the day by which the answer was wanted."
    )
    partners_after = models.PositiveSmallIntegerField(
        "Safeguarding Partners told", default=2, help_text="Calendar days after the same day."
    )
    source = models.CharField(max_length=300)
    effective_from = models.DateField("in force from", unique=True)

    objects = TimesQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_from"]
        verbose_name = "times for safeguarding issues"
        verbose_name_plural = "times for safeguarding issues"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_within__gte=1, chase_every__gte=1, chair_after__gte=1),
                name="rapid_reviews_times_are_days",
                violation_error_message="Give each time as 1 day or more.",
            ),
            models.CheckConstraint(
                condition=Q(partners_after__gte=F("chair_after")),
                name="rapid_reviews_chair_before_partners",
                violation_error_message="The Safeguarding Partners are not told before the chair.",
            ),
        ]

    def __str__(self) -> str:
        return f"From {self.effective_from:%-d %B %Y}"

    def chased_on(self, asked_on: date, until: date) -> list[date]:
        """The days, up to `until`, on which the agency is reminded."""
        every, passed = self.chase_every, (until - asked_on).days
        return [asked_on + timedelta(days=number) for number in range(every, passed + 1, every)]

    def told_on(self, level: str, answer_by: date) -> date:
        """The day on which the chair or the partners hear of it."""
        days = self.chair_after if level == IssueLevel.CHAIR else self.partners_after
        return answer_by + timedelta(days=days)


class IssueNotice(GuardedModel):
    """The ledger: one row for each issue, round, level, day and address. Nobody is told twice, however often the job
    runs; what an outage made it miss is noted as superseded by the reminder that went out after it."""

    issue = models.ForeignKey(SafeguardingIssue, on_delete=models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=IssueLevel)
    occurs_on = models.DateField()
    address = models.EmailField()
    state = models.CharField(max_length=12, choices=NoticeState)
    recorded_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = "reminder of a safeguarding issue"
        verbose_name_plural = "reminders of safeguarding issues"
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "round", "level", "occurs_on", "address"], name="rapid_reviews_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.occurs_on:%-d %B %Y}"
