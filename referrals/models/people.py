import uuid
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from referrals.choices import PersonRole, YesNoUnknown
from referrals.models.base import CaseRowQuerySet
from referrals.models.children import Child, age_between


@pghistory.track()
class RelatedPerson(GuardedModel):
    """A parent, carer, sibling or anybody else round the children. Named only to those who may see names."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="people")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField()
    pseudonym = models.CharField(
        max_length=200, blank=True, help_text="Given when the case is recorded: Mother of Child A …"
    )
    role = models.CharField(max_length=20, choices=PersonRole)
    role_other = models.CharField("other role", max_length=200, blank=True)
    children = models.ManyToManyField(Child, through="RelatedChild", related_name="people", blank=True)
    name = models.CharField("full name", max_length=200, blank=True)
    other_names = models.CharField(max_length=300, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    lives_with = models.CharField(
        "lived with the children at the incident", max_length=20, choices=YesNoUnknown, blank=True
    )
    details = models.TextField("what else is known of this person", blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["referral", "position"]
        verbose_name = "other person"
        verbose_name_plural = "other people"
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="referrals_person_position"),
            models.UniqueConstraint(
                fields=["referral", "pseudonym"], condition=~Q(pseudonym=""), name="referrals_person_pseudonym"
            ),
            models.CheckConstraint(
                condition=~Q(role=PersonRole.OTHER) | ~Q(role_other=""), name="referrals_other_role_is_said"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym or f"{self.get_role_display()} (person {self.position})"

    @property
    def role_words(self) -> str:
        return self.role_other if self.role == PersonRole.OTHER else self.get_role_display()

    def age_on(self, day: date | None) -> str:
        return age_between(self.date_of_birth, day)


@pghistory.track()
class RelatedChild(GuardedModel):
    """Whose mother, brother or carer somebody is."""

    person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, related_name="relations")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="relations")

    class Meta:
        ordering = ["child__position"]
        constraints = [models.UniqueConstraint(fields=["person", "child"], name="referrals_related_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.child}"
