"""The business manager's pages about people, agencies and the partnership. Nobody and nothing is deleted here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from import_export.admin import ImportExportModelAdmin

from audit.workflow import record
from core.admin import FriendlyErrors
from core.errors import WorkflowError
from panel import filters, meetings, workflow
from panel.models import Agency, Membership, PanelMeeting, Partnership, User
from panel.resources import AgencyResource


def _fields(model: Any, names: list[str]) -> str:
    return ", ".join(str(model._meta.get_field(name).verbose_name) for name in names)


@admin.register(Partnership)
class PartnershipAdmin(FriendlyErrors):
    """One row: how this installation names itself."""

    search_fields = ["name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Partnership, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            fields = _fields(Partnership, form.changed_data)
            record("partnership.changed", by=request.user, obj=obj, fields=fields)


@admin.register(Agency)
class AgencyAdmin(ImportExportModelAdmin, FriendlyErrors):
    resource_classes = [AgencyResource]
    list_display = ["name", "short_name", "statutory_role", "safeguarding_lead", "people", "is_active"]
    list_filter = ["statutory_role", "is_active"]
    search_fields = ["name", "short_name"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "short_name",
                    "statutory_role",
                    "is_active",
                    "email_domains",
                    "safeguarding_lead",
                    "safeguarding_address",
                ],
                "description": "An agency that no longer takes part is made inactive. It stays on its cases.",
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        today = timezone.localdate()
        running = Q(memberships__from_date__lte=today) & (
            Q(memberships__until_date__isnull=True) | Q(memberships__until_date__gte=today)
        )
        return super().get_queryset(request).annotate(people=Count("memberships__user", filter=running, distinct=True))

    @admin.display(description="people today", ordering="people")
    def people(self, agency: Agency) -> int:
        return int(agency.people)  # type: ignore[attr-defined] # annotated above

    def save_model(self, request: HttpRequest, obj: Agency, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            record("agency.added", by=request.user, obj=obj, agency=obj.name)
        elif form.changed_data:
            fields = _fields(Agency, form.changed_data)
            record("agency.changed", by=request.user, obj=obj, agency=obj.name, fields=fields)


class MembershipInline(admin.StackedInline):
    """A person's roles. One that is over gets an end date; a new role gets a new row."""

    model = Membership
    fk_name = "user"
    extra = 0
    fields = [("role", "agency"), "deputy_for", ("from_date", "until_date")]
    verbose_name = "role"
    verbose_name_plural = "roles: to end one, enter the last day; to change one, end it and add another"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "deputy_for":
            running = Membership.objects.running_on(timezone.localdate())
            kwargs["queryset"] = running.filter(user__is_active=True).select_related("user", "agency")
        elif db_field.name == "agency":
            kwargs["queryset"] = Agency.objects.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return obj != request.user and super().has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(FriendlyErrors):
    list_display = ["name", "email", "job_title", "roles_today", "state", "last_login"]
    list_filter = [filters.AccountFilter, filters.RoleFilter, filters.AgencyFilter, filters.DeputyFilter]
    search_fields = ["name", "email", "job_title", "memberships__agency__name"]
    readonly_fields = ["state", "invited_at", "last_login", "second_step"]
    inlines = [MembershipInline]
    actions = ["send_invitation", "remove_second_step"]
    fieldsets = [
        (None, {"fields": ["name", "email", "job_title"]}),
        (
            "Account",
            {
                "fields": ["is_active", "state", "second_step", "invited_at", "last_login"],
                "description": "Saving a new person sends them an invitation. A person who leaves is made inactive: "
                "that signs them out everywhere at once. What they did stays on record.",
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        today = timezone.localdate()
        running = Membership.objects.running_on(today).select_related("agency")
        second_step = Exists(User.objects.filter(pk=OuterRef("pk"), authenticator__isnull=False))
        return (
            super()
            .get_queryset(request)
            .annotate(has_second_step=second_step)
            .prefetch_related(Prefetch("memberships", running, to_attr="running"))
        )

    @admin.display(description="roles today")
    def roles_today(self, person: User) -> str:
        return ", ".join(f"{m.get_role_display()} ({m.agency.short_name})" for m in person.running)  # type: ignore[attr-defined]

    @admin.display(description="account")
    def state(self, person: User) -> str:
        return filters.account_state(person, timezone.now())

    @admin.display(description="second step", boolean=True)
    def second_step(self, person: User) -> bool:
        return bool(getattr(person, "has_second_step", False))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            (_, person), (_, account) = self.fieldsets
            return [(None, {**person, "description": account["description"]})]
        return self.fieldsets

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if change:
            workflow.change_person(person=obj, changed=form.changed_data, by=request.user, now=timezone.now())
            return
        workflow.add_person(person=obj, by=request.user, now=timezone.now())
        messages.info(request, f"An invitation is on its way to {obj.email}.")

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        for membership in formset.save(commit=False):
            workflow.save_membership(membership=membership, by=request.user, now=timezone.now())
        formset.save_m2m()

    @admin.action(description="Send the invitation again")
    def send_invitation(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, people, "send_invitation", "Send the invitation again to")
        self._each(request, people, workflow.invite, "An invitation is on its way to")
        return None

    @admin.action(description="Remove the second step (lost telephone)")
    def remove_second_step(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, people, "remove_second_step", "Remove the second step of")
        self._each(request, people, workflow.reset_second_factor, "The second step was removed and a mail sent to")
        return None

    def _ask(self, request: HttpRequest, people: QuerySet[User], action: str, title: str) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": f"{title} …", "people": people, "action": action}
        return TemplateResponse(request, "admin/panel/user/confirm_action.html", context)

    def _each(self, request: HttpRequest, people: QuerySet[User], change: Any, done: str) -> None:
        for person in people:
            try:
                change(person=person, by=request.user, now=timezone.now())
            except WorkflowError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, f"{done} {person}.")


@admin.register(Membership)
class MembershipAdmin(FriendlyErrors):
    """All roles in one list, to search and filter; a role is added and ended on its person's page."""

    list_display = ["user", "role", "agency", "deputy_for", "from_date", "until_date"]
    list_filter = [filters.RunningFilter, "role", "agency"]
    search_fields = ["user__name", "user__email", "agency__name"]
    list_select_related = ["user", "agency", "deputy_for__user", "deputy_for__agency"]
    date_hierarchy = "from_date"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(PanelMeeting)
class PanelMeetingAdmin(FriendlyErrors):
    """Planned here or on the page of the meetings; moved, cancelled and marked as held there ("View on site")."""

    list_display = ["on", "at", "kind", "status", "place", "is_online", "moved_from"]
    list_filter = ["status", "kind", "is_online"]
    search_fields = ["place", "reason", "move_reason"]
    date_hierarchy = "on"
    fields = ["kind", "reason", "on", "at", "place", "is_online"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def view_on_site(self, obj: PanelMeeting) -> str:
        return reverse("panel:meeting-list")

    def save_model(self, request: HttpRequest, obj: PanelMeeting, form: forms.ModelForm, change: bool) -> None:
        planned = meetings.plan_meeting(**form.cleaned_data, by=request.user, now=timezone.now())
        obj.pk = planned.pk
