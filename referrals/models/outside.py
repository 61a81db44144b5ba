import uuid
from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency
from referrals.choices import Outcome
from referrals.models.case import Referral


@pghistory.track(exclude=["answers"])
class OutsideReferral(GuardedModel):
    """A referral that a professional without an account is writing, known by a work address proved with a code.

    `answers` holds what was saved so far, by part; once sent they are in the case and no longer here. They are left
    out of the row history, so that what was never sent does not stay.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField("work e-mail")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="outside_referrals")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="from_outside"
    )

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(sent_at__isnull=True), name="referrals_one_open_outside_referral_each"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, referral__isnull=True)
                | Q(sent_at__isnull=False, referral__isnull=False),
                name="referrals_outside_sent_is_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"From outside, {self.started_at:%d.%m.%Y}"

    def part(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.answers.get(name, {})
        return found

    @property
    def children(self) -> list["OutsideChild"]:
        """The children written so far, in their order."""
        return [OutsideChild(facts["key"], facts) for facts in self.answers.get("children", [])]


class OutsideChild:
    """One child of an outside referral as a page shows it."""

    def __init__(self, key: str, facts: dict[str, Any]) -> None:
        self.key, self.facts = key, facts

    @property
    def title(self) -> str:
        return self.facts.get("name") or "Unborn child"

    @property
    def born(self) -> str:
        day = self.facts.get("date_of_birth") or self.facts.get("expected_on")
        return f"{date.fromisoformat(day):%-d %B %Y}" if day else ""

    @property
    def outcome(self) -> str:
        return Outcome(self.facts["outcome"]).label if self.facts.get("outcome") else ""
