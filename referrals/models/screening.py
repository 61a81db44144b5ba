import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from referrals.choices import AbuseOrNeglect, Decision, HarmTest, Route, Whereabouts, YesNoUnknown
from referrals.models.base import CaseRowQuerySet

# To have regard to when a local review is considered (Working Together to Safeguard Children 2023, chapter 5).
CIRCUMSTANCES = ("single_agency", "no_agency", "several_areas", "institution")


def _circumstance(title: str) -> models.CharField:
    return models.CharField(title, max_length=20, choices=YesNoUnknown, blank=True)


@pghistory.track()
class Screening(GuardedModel):
    """One screening of a case, kept as it was decided. A case may be screened again when information comes in."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="screenings")
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()
    abuse = models.CharField("abuse or neglect", max_length=20, choices=AbuseOrNeglect)
    abuse_reasons = models.TextField("reasons about abuse or neglect")
    harm = models.CharField("death or serious harm", max_length=20, choices=HarmTest)
    harm_reasons = models.TextField("reasons about death or serious harm")
    whereabouts = models.CharField("where it happened", max_length=20, choices=Whereabouts)
    whereabouts_reasons = models.TextField("reasons about where it happened", blank=True)
    single_agency = _circumstance("concern about a single agency’s actions")
    single_agency_reasons = models.TextField("reasons: concern about a single agency’s actions", blank=True)
    no_agency = _circumstance("no agency was involved, and that is a concern")
    no_agency_reasons = models.TextField("reasons: no agency was involved, and that is a concern", blank=True)
    several_areas = _circumstance("more than one local authority, police area or ICB")
    several_areas_reasons = models.TextField("reasons: more than one local authority, police area or ICB", blank=True)
    institution = _circumstance("an institutional setting")
    institution_reasons = models.TextField("reasons: an institutional setting", blank=True)
    decision = models.CharField(max_length=30, choices=Decision)
    reasons = models.TextField("reasons for the outcome")
    information_wanted = models.TextField(blank=True)
    route = models.CharField("redirected to", max_length=20, choices=Route, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-screened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision=Decision.REDIRECT) | ~Q(route=""), name="referrals_redirect_names_the_route"
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.MORE_INFORMATION) | ~Q(information_wanted=""),
                name="referrals_more_information_says_which",
            ),
            *[
                models.CheckConstraint(
                    condition=~Q(**{f"{name}__in": [YesNoUnknown.YES, YesNoUnknown.NOT_KNOWN]})
                    | ~Q(**{f"{name}_reasons": ""}),
                    name=f"referrals_{name}_has_reasons",
                )
                for name in CIRCUMSTANCES
            ],
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}, {self.screened_at:%d.%m.%Y}"

    @property
    def circumstances(self) -> list[tuple[str, str, str]]:
        """Each circumstance: its title, the answer and the reasons. Empty for a screening that was not asked."""
        return [
            (
                str(self._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
                getattr(self, f"get_{name}_display")(),
                getattr(self, f"{name}_reasons"),
            )
            for name in CIRCUMSTANCES
            if getattr(self, name)
        ]

    @property
    def is_serious_case(self) -> bool:
        """Abuse or neglect known or suspected, and a child died or was seriously harmed (Working Together)."""
        return self.abuse != AbuseOrNeglect.NEITHER and self.harm != HarmTest.NEITHER

    @property
    def is_notifiable(self) -> bool:
        """A serious case in the area, or outside England while normally resident (Children Act 2004 s16C(1))."""
        return self.is_serious_case and self.whereabouts != Whereabouts.NEITHER


@pghistory.track()
class MisdirectedEnquiry(GuardedModel):
    """Somebody began a referral and was shown another route: counted, never dropped. Holds nothing about a child."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    route = models.CharField(max_length=20, choices=Route)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Nobody, where it came by the form for professionals without an account.",
    )  # fmt: skip
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "misdirected enquiries"

    def __str__(self) -> str:
        return f"{self.get_route_display()}, {self.made_at:%d.%m.%Y}"
