"""The filters of the people list in the admin site: each is one question that the business manager has."""

from datetime import datetime
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from panel.models import Agency, Membership, User
from panel.roles import HAVE_DEPUTIES, Role
from panel.tokens import LIFETIME

NO_PASSWORD = Q(password__startswith="!")  # noqa: S106 - how Django stores "cannot sign in yet"


def account_state(person: User, now: datetime) -> str:
    if not person.is_active:
        return "Inactive"
    if person.has_usable_password():
        return "In use" if person.last_login else "Ready, never signed in"
    if person.invited_at and person.invited_at < now - LIFETIME:
        return "Invitation expired"
    return "Invited" if person.invited_at else "Not invited"


class AccountFilter(SimpleListFilter):
    title = "account"
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("active", "Active"),
            ("waiting", "Invited, no password yet"),
            ("lapsed", "Invitation expired"),
            ("one_step", "No second step"),
            ("inactive", "Inactive"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        active = queryset.filter(is_active=True)
        return {
            None: queryset,
            "active": active,
            "waiting": active.filter(NO_PASSWORD),
            "lapsed": active.filter(NO_PASSWORD, invited_at__lt=timezone.now() - LIFETIME),
            "one_step": active.exclude(NO_PASSWORD).filter(authenticator__isnull=True),
            "inactive": queryset.filter(is_active=False),
        }.get(self.value(), queryset)


def _running() -> Any:
    return Membership.objects.running_on(timezone.localdate())


class RoleFilter(SimpleListFilter):
    title = "role today"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [*Role.choices, ("none", "None")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "none":
            return queryset.exclude(pk__in=_running().values("user"))
        if self.value():
            return queryset.filter(pk__in=_running().filter(role=self.value()).values("user"))
        return queryset


class AgencyFilter(SimpleListFilter):
    title = "agency today"
    parameter_name = "agency"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Agency.objects.filter(is_active=True).values_list("pk", "short_name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if (self.value() or "").isdigit():
            return queryset.filter(pk__in=_running().filter(agency=self.value()).values("user"))
        return queryset


class DeputyFilter(SimpleListFilter):
    title = "named deputy"
    parameter_name = "deputy"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("none", "Has none, needs one")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "none":
            deputies = _running().with_role(Role.NAMED_DEPUTY).filter(deputy_for=OuterRef("pk"))
            alone = _running().with_role(*HAVE_DEPUTIES).exclude(Exists(deputies))
            return queryset.filter(pk__in=alone.values("user"))
        return queryset


class RunningFilter(SimpleListFilter):
    title = "running"
    parameter_name = "running"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Today"), ("no", "Not today")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        if self.value() == "yes":
            return queryset.filter(pk__in=_running().values("pk"))
        if self.value() == "no":
            return queryset.exclude(pk__in=_running().values("pk"))
        return queryset
