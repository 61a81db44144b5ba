"""What was computed from a case's rows, so that no page computes over all of them, and what somebody said of it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chronology.choices import FindingKind
from chronology.models.rows import Row
from core.guard import GuardedModel
from panel.models import Agency
from referrals.models import Child
from referrals.models.base import CaseRowQuerySet, both_or_neither

GAP_DAYS = 28  # local practice, to be confirmed by the partnership; each case may have its own


@pghistory.track(fields=["referral", "gap_days"])
class Timeline(GuardedModel):
    """A case's chronology as a whole: from how many days on a gap is told, and whether findings are up to date.

    The row is the queue: `stale_since` is when rows changed that the findings do not know yet. `revision` counts the
    changes, so that what was computed meanwhile from older rows is not kept.
    """

    referral = models.OneToOneField("referrals.Referral", on_delete=models.PROTECT, related_name="timeline")
    gap_days = models.PositiveSmallIntegerField("days without being seen that make a gap", default=GAP_DAYS)
    stale_since = models.DateTimeField(null=True, blank=True, db_index=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    revision = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="How many findings of each kind there are, and rows.")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(gap_days__gte=1), name="chronology_gap_of_a_day_or_more")]

    def __str__(self) -> str:
        return f"Chronology of case {self.referral_id}"

    @property
    def contradictions(self) -> int:
        counts: dict[str, int] = self.counts
        return counts.get(FindingKind.SEEN, 0) + counts.get(FindingKind.DATES, 0)


@pghistory.track()
class Dismissal(GuardedModel):
    """Somebody looked at a finding and says that it is none. It holds as long as the finding rests on the same.

    `identity` is a hash over what the finding rests on (chronology/identity.py), so it outlives the finding, which is
    made anew, and does not outlive a change of the rows. `what` is the sentence that was dismissed.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=FindingKind)
    what = models.TextField()
    reason = models.TextField()
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restored_at = models.DateTimeField(null=True, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-dismissed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="chronology_dismissal_says_why"),
            models.CheckConstraint(
                condition=both_or_neither("restored_by", "restored_at"), name="chronology_restored_who_when"
            ),
            models.UniqueConstraint(
                fields=["referral", "identity"],
                condition=Q(restored_at__isnull=True),
                name="chronology_dismissed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Dismissed: {self.what}"


class Finding(GuardedModel):
    """A gap, a likely duplicate or a contradiction. Derived from rows and made anew with them, so without history.

    A gap has a child, perhaps an agency (none: no agency at all), its first and last day with the child seen and the
    days between; `row` is the row that it begins with, `other` the one that ends it (none: the incident). Other
    findings have both rows. `why` holds no text of a row: it is made of dates, agencies and pseudonyms.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=10, choices=FindingKind)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="findings")
    other = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, blank=True, related_name="findings_as_other")
    from_on = models.DateField()
    until_on = models.DateField()
    days = models.PositiveIntegerField(default=0)
    why = models.TextField()
    identity = models.CharField(max_length=64)
    dismissal = models.ForeignKey(Dismissal, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="chronology_finding_in_order"),
            models.CheckConstraint(
                condition=~Q(kind=FindingKind.GAP) | Q(child__isnull=False), name="chronology_gap_has_a_child"
            ),
            models.CheckConstraint(
                condition=Q(kind=FindingKind.GAP) | Q(other__isnull=False), name="chronology_pair_has_two_rows"
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "kind", "from_on", "id"], name="chronology_findings"),
            models.Index(fields=["referral", "identity"], name="chronology_finding_identity"),
        ]

    def __str__(self) -> str:
        return self.why
