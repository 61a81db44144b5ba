"""People, agencies and who is what to the Panel, when."""

import re
from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from panel.choices import MeetingKind, MeetingStatus
from panel.roles import HAVE_DEPUTIES, Role, StatutoryRole

DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


@pghistory.track()
class Partnership(models.Model):
    """The one partnership that this installation serves, and how it names itself."""

    name = models.CharField(max_length=200, default="Solihull Safeguarding Children Partnership")
    abbreviation = models.CharField(max_length=20, default="SSCP")
    area = models.CharField("local authority area", max_length=100, default="Solihull")
    reference_prefix = models.CharField(
        max_length=10, default="CSPR", help_text="Starts every case reference, as in CSPR-2026-014."
    )
    immediate_risk_route = models.TextField(
        default="Call 999 if a child is in immediate danger. Otherwise contact children's social care.",
        help_text="Shown before anything else when somebody starts a referral.",
    )
    escalation_policy_url = models.URLField("escalation policy", blank=True)
    takes_outside_referrals = models.BooleanField(
        "referral form for professionals without an account", default=False,
        help_text="Opens /refer/ to anybody with a work e-mail of one of the agencies (their e-mail domains). "
        "A code is mailed to that address first.",
    )  # fmt: skip

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="panel_one_partnership")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Partnership":
        return cls.objects.get_or_create(pk=1)[0]


def validate_domains(text: str) -> None:
    """Whole domain names, each with a dot, separated by commas."""
    for domain in domains_in(text):
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(f"“{domain}” is not a domain like hospital.nhs.uk. Leave out the part before the @.")


def domains_in(text: str) -> list[str]:
    return [domain.strip().lower() for domain in text.split(",") if domain.strip()]


@pghistory.track()
class Agency(models.Model):
    """An organisation that works with children, and whether it is one of the three Safeguarding Partners."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    statutory_role = models.CharField(max_length=10, choices=StatutoryRole, default=StatutoryRole.NONE)
    is_active = models.BooleanField("active", default=True)
    email_domains = models.CharField(
        "e-mail domains", max_length=300, blank=True, validators=[validate_domains],
        help_text="Work addresses of its staff, for the referral form without an account: "
        "“hospital.nhs.uk, trust.example”. Separate several by commas.",
    )  # fmt: skip
    safeguarding_lead = models.CharField(
        max_length=150, blank=True, help_text="Who answers requests for information about a case."
    )
    safeguarding_address = models.EmailField(
        "safeguarding lead’s work e-mail", blank=True, help_text="Requests, links and codes go to this address."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["statutory_role"],
                condition=Q(is_active=True) & ~Q(statutory_role=StatutoryRole.NONE),
                name="panel_one_agency_per_statutory_role",
                violation_error_message="Another active agency already is this Safeguarding Partner.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def employs(self, address: str) -> bool:
        """Whether a work address is of one of this agency's domains, and not merely of one that ends alike."""
        return address.rpartition("@")[2].strip().lower() in domains_in(self.email_domains)


class KeptFormQuerySet(GuardedQuerySet):
    def of(self, person: Any, path: str) -> "KeptFormQuerySet":
        return self.filter(person=person, path=path)


class KeptForm(GuardedModel):
    """What a person had typed into the form at `path` and not saved, for when they have signed in again.

    Nobody else ever sees it, and not they either once the page is closed to them. It goes with saving or after some
    days. Without row history: that would keep for good what its author threw away.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=300)
    typed = models.TextField()
    kept_at = models.DateTimeField()

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["person", "path"], name="panel_one_kept_form_per_page")]

    def __str__(self) -> str:
        return f"Kept on {self.kept_at:%d.%m.%Y}"


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **extra)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail address."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField("active", default=True, help_text="Untick instead of deleting: history stays.")
    date_joined = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(
        "invitation sent", null=True, blank=True, help_text="Only the newest invitation's link works, and only once."
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="panel_user_email_any_case")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def memberships_on(self, day: date) -> "list[Membership]":
        """The memberships that run on `day`, fetched once per object."""
        if not hasattr(self, "_memberships"):
            self._memberships = list(self.memberships.select_related("agency", "deputy_for"))
        return [m for m in self._memberships if m.runs_on(day)]

    def roles_on(self, day: date) -> frozenset[Role]:
        return frozenset(Role(m.role) for m in self.memberships_on(day))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running_on(self, day: date) -> "MembershipQuerySet":
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gte=day), from_date__lte=day)

    def with_role(self, *roles: Role) -> "MembershipQuerySet":
        return self.filter(role__in=roles)


_DAYS = Func(F("from_date"), F("until_date"), Value("[]"), function="daterange")


def _one_at_a_time(role: Role) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"panel_one_{role.value}_at_a_time",
        expressions=[(_DAYS, RangeOperators.OVERLAPS)],
        condition=Q(role=role),
        violation_error_message=f"Somebody else is {role.label.lower()} in part of that time. End that first.",
    )


@pghistory.track()
class Membership(models.Model):
    """One person's role on the Panel or beside it, from a day to a day (both included)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    deputy_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        limit_choices_to={"role__in": HAVE_DEPUTIES},
        help_text="Named deputies only: the member for whom this person acts.",
    )
    from_date = models.DateField("from")
    until_date = models.DateField("until", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "user__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="panel_membership_ends_after_start",
                violation_error_message="A membership cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.NAMED_DEPUTY, deputy_for__isnull=False)
                | (~Q(role=Role.NAMED_DEPUTY) & Q(deputy_for__isnull=True)),
                name="panel_deputy_has_a_member",
                violation_error_message="A named deputy acts for exactly one member; nobody else does.",
            ),
            ExclusionConstraint(
                name="panel_one_named_deputy_each",
                # A range of one number stands for "equal", which GiST knows only with an extension.
                expressions=[
                    (
                        Func(F("deputy_for"), F("deputy_for"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(deputy_for__isnull=False),
                violation_error_message="This member already has a named deputy; multiple deputies are not acceptable.",
            ),
            _one_at_a_time(Role.CHAIR),
            _one_at_a_time(Role.DEPUTY_CHAIR),
            _one_at_a_time(Role.DEPUTY_MANAGER),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.agency.short_name})"

    def clean(self) -> None:
        """The rules that need other rows; each error stands beside the field that can mend it."""
        if self.role == Role.NAMED_DEPUTY and self.deputy_for is not None:
            if self.deputy_for.role not in HAVE_DEPUTIES:
                raise ValidationError({"deputy_for": "A named deputy acts for the chair, deputy chair or a member."})
            if self.deputy_for.user_id == self.user_id:
                raise ValidationError({"deputy_for": "Nobody is their own deputy."})
        if (
            self.role == Role.SAFEGUARDING_PARTNER
            and self.agency_id
            and self.agency.statutory_role == StatutoryRole.NONE
        ):
            raise ValidationError({"agency": "Choose the local authority, the integrated care board or the police."})

    def runs_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until_date is None or self.until_date >= day)


class PanelMeetingQuerySet(GuardedQuerySet):
    def planned(self) -> Self:
        return self.filter(status=MeetingStatus.PLANNED)

    def of_panel(self) -> Self:
        """Without those of the Executive Group."""
        return self.exclude(kind=MeetingKind.EXECUTIVE)

    def from_day(self, day: date) -> Self:
        """Planned, on `day` or later, the next one first."""
        return self.planned().filter(on__gte=day).order_by("on", "at")

    def on_day(self, day: date) -> Self:
        """Those of that day that were not cancelled."""
        return self.filter(on=day).exclude(status=MeetingStatus.CANCELLED)


@pghistory.track()
class PanelMeeting(GuardedModel):
    """A meeting of the Panel: ordinary in alternate months, or at short notice (terms of reference, section 3)."""

    on = models.DateField("date")
    at = models.TimeField("time")
    place = models.CharField("place, or how to join", max_length=200)
    is_online = models.BooleanField("online", default=False)
    kind = models.CharField(max_length=20, choices=MeetingKind, default=MeetingKind.ORDINARY)
    status = models.CharField(max_length=20, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    reason = models.TextField("why it is held beside the ordinary ones", blank=True)
    moved_from = models.DateField("moved from", null=True, blank=True)
    move_reason = models.TextField("why it was moved", blank=True)
    cancel_reason = models.TextField("why it was cancelled", blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    objects = PanelMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at"]
        verbose_name = "meeting"
        constraints = [
            models.UniqueConstraint(
                fields=["on", "at"], condition=~Q(status=MeetingStatus.CANCELLED), name="panel_one_meeting_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True, move_reason="") | Q(moved_from__isnull=False) & ~Q(move_reason=""),
                name="panel_meeting_moved_from_and_why",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(status=MeetingStatus.CANCELLED) & Q(cancel_reason=""),
                name="panel_meeting_cancelled_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MeetingKind.EXTRAORDINARY) & Q(reason="")
                | Q(kind=MeetingKind.EXTRAORDINARY) & ~Q(reason=""),
                name="panel_extraordinary_meeting_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%A} {self.on.day} {self.on:%B %Y}, {self.at:%H:%M}"

    @property
    def body(self) -> str:
        """Who meets, as a title says it."""
        return "Executive Group meeting" if self.kind == MeetingKind.EXECUTIVE else "Panel meeting"
