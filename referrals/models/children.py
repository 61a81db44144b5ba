import uuid
from datetime import date

import pghistory
from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from referrals.choices import (
    CareSection,
    Ethnicity,
    LegalStatus,
    Outcome,
    Placement,
    PlanCategory,
    Sex,
    YesNoUnknown,
)
from referrals.models.base import CaseRowQuerySet


def age_between(born: date | None, day: date | None) -> str:
    """ "14 years", "7 months", "under 1 month", or "" where a date is missing or the person was not born yet."""
    if born is None or day is None or day < born:
        return ""
    age = relativedelta(day, born)
    if age.years >= 2:
        return f"{age.years} years"
    months = age.years * 12 + age.months
    if months:
        return f"{months} month{'' if months == 1 else 's'}"
    return "under 1 month"


@pghistory.track()
class Child(GuardedModel):
    """A child in the incident. Everywhere but on pages for people who may see names it is its pseudonym."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="children")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField()
    pseudonym = models.CharField(max_length=20, blank=True, help_text="Given when the case is recorded: Child A …")
    is_index = models.BooleanField("index child", default=False)
    is_unborn = models.BooleanField("unborn", default=False)
    name = models.CharField("full name", max_length=200, blank=True)
    other_names = models.CharField("other names", max_length=300, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_on = models.DateField("expected date of delivery", null=True, blank=True)
    outcome = models.CharField("what happened to this child", max_length=20, choices=Outcome, blank=True)
    sex = models.CharField(max_length=20, choices=Sex, blank=True)
    gender_identity = models.CharField(max_length=100, blank=True)
    ethnicity = models.CharField(max_length=30, choices=Ethnicity, blank=True)
    ethnicity_reason = models.TextField("why the ethnicity is not known", blank=True)
    disability = models.CharField("disability or health needs", max_length=20, choices=YesNoUnknown, blank=True)
    disability_details = models.TextField("disability and health needs", blank=True)
    disability_reason = models.TextField("why disability and health needs are not known", blank=True)
    religion = models.CharField("religion or belief", max_length=100, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    legal_status = models.CharField("legal status at the incident", max_length=20, choices=LegalStatus, blank=True)
    plan_category = models.CharField(
        "category of the child protection plan", max_length=20, choices=PlanCategory, blank=True
    )
    care_section = models.CharField("looked after under", max_length=20, choices=CareSection, blank=True)
    placement = models.CharField("where the child lived", max_length=20, choices=Placement, blank=True)
    school = models.CharField("school or setting", max_length=200, blank=True)
    snapshot = models.JSONField(
        null=True, blank=True, editable=False, help_text="The characteristics as they were known at notification."
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["referral", "position"]
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="referrals_child_position"),
            models.UniqueConstraint(
                fields=["referral", "pseudonym"], condition=~Q(pseudonym=""), name="referrals_child_pseudonym"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(is_index=True), name="referrals_one_index_child_per_case"
            ),
            models.CheckConstraint(
                condition=Q(is_unborn=True, date_of_birth__isnull=True) | Q(is_unborn=False, expected_on__isnull=True),
                name="referrals_unborn_has_no_birth_date",
            ),
            models.CheckConstraint(condition=Q(is_unborn=True) | ~Q(name=""), name="referrals_born_child_has_a_name"),
            models.CheckConstraint(
                condition=~Q(ethnicity=Ethnicity.NOT_KNOWN) | ~Q(ethnicity_reason=""),
                name="referrals_ethnicity_not_known_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(disability=YesNoUnknown.NOT_KNOWN) | ~Q(disability_reason=""),
                name="referrals_disability_not_known_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym or f"Child {self.position}"

    @property
    def was_looked_after(self) -> bool:
        """Looked after, or a care leaver: their death is told to the Secretary of State and Ofsted, abuse or not."""
        return self.legal_status in {LegalStatus.LOOKED_AFTER, LegalStatus.CARE_LEAVER}

    def age_on(self, day: date | None) -> str:
        """ "14 years", "7 months", "under 1 month", "unborn", or "" where a date is missing."""
        if self.is_unborn:
            return "unborn"
        return age_between(self.date_of_birth, day)


@pghistory.track()
class KnownChild(GuardedModel):
    """Which agency knew which child."""

    involved_agency = models.ForeignKey("referrals.InvolvedAgency", on_delete=models.PROTECT, related_name="known")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="known_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["involved_agency", "child"], name="referrals_child_known_once_per_agency")
        ]

    def __str__(self) -> str:
        return f"{self.child} known to {self.involved_agency}"
