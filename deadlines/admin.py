"""Rules, ladders and the calendar are configuration; clocks and the ledger are only looked at.

Clocks show neutral references only. Reasons are free text about a case and stay on the case page, where the walls hold.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from core.admin import FriendlyErrors, ReadOnly
from core.errors import WorkflowError
from core.walls import closed_to
from deadlines.models import BankHoliday, CalendarYear, Clock, ClockRevision, LadderStep, Reminder, Rule
from deadlines.workflow import add_year, proclaim_holiday, remove_holiday, save_rule


class ByWorkflow(FriendlyErrors):
    """Guarded rows that may be added or removed here after all, because the page goes through the workflow."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RuleForm(forms.ModelForm):
    """A time limit with the reason for changing it."""

    reason = forms.CharField(
        max_length=300,
        required=False,
        label="Reason for this change",
        help_text="Needed when the length, unit, direction or meaning changes: running clocks are counted again, "
        "their old dates are kept with this reason and their people are told. Finished clocks stay as judged.",
    )

    class Meta:
        model = Rule
        exclude: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        counting = {"direction", "unit", "length", "limit"}
        if self.instance.pk and counting & set(self.changed_data) and not cleaned.get("reason"):
            self.add_error("reason", "Say why: this change counts running clocks again.")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """A new edition ends the one before it when it is saved, so two open ends are no mistake here."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.instance.pk else excluded | {"effective_until"}


class StepInline(admin.TabularInline):
    model = LadderStep
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.site.has_permission(request)  # a step in the ledger stays: the database protects it


@admin.register(Rule)
class RuleAdmin(FriendlyErrors):
    form = RuleForm
    inlines = [StepInline]
    save_as = True
    list_display = [
        "title",
        "code",
        "length_text",
        "starts_at",
        "edition",
        "effective_from",
        "effective_until",
        "status",
    ]
    list_filter = ["status", "category", "milestone_of", ("effective_until", admin.EmptyFieldListFilter)]
    search_fields = ["code", "title", "who", "source", "edition"]
    date_hierarchy = "effective_from"
    fieldsets = [
        (None, {
            "fields": ["code", "title", "who", "trigger", "milestone_of"],
            "description": "For a new edition of the guidance open the edition in force, change what is new, set "
            "“in force from” to its first day and choose “Save as new”. The old edition then ends the day before; "
            "running clocks that began since move to the new one, finished clocks keep the old.",
        }),
        ("How it is counted", {
            "fields": ["starts_at", "stricter_starts_at", "direction", "length", "earliest", "unit", "limit",
                       "warns_clear_days", "reason"],
        }),
        ("Where it comes from", {
            "fields": ["category", "source", "edition", "effective_from", "effective_until", "status", "status_note"],
        }),
    ]  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        revisions = save_rule(rule=obj, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
        if revisions:
            messages.info(request, f"{len(revisions)} running clocks moved; their people are told.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an edition ends; clocks keep pointing at it


@admin.register(LadderStep)
class LadderStepAdmin(FriendlyErrors):
    list_display = ["rule", "anchor", "offset", "every", "lead", "business_manager", "chair", "executive"]
    list_filter = ["anchor", "executive", "rule__code"]
    search_fields = ["rule__code", "rule__title"]
    autocomplete_fields = ["rule"]
    list_select_related = ["rule"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)  # unless the ledger protects it


@admin.register(BankHoliday)
class BankHolidayAdmin(ByWorkflow):
    """Adding and removing go through the workflow. To change a day, remove it and enter the right one."""

    list_display = ["date", "weekday", "title", "origin", "reason"]
    list_filter = ["origin", "date"]
    search_fields = ["title", "reason"]
    date_hierarchy = "date"
    delete_confirmation_template = "admin/deadlines/bankholiday/delete_confirmation.html"
    fieldsets = [
        (None, {
            "fields": ["date", "title", "reason"],
            "description": "A bank holiday in England and Wales. Saving counts every running clock again in the same "
            "moment, keeps the old dates and tells the people concerned; finished clocks stay as they were judged. "
            "The published list is loaded with: manage.py load_bank_holidays",
        }),
    ]  # fmt: skip

    @admin.display(description="day of the week")
    def weekday(self, holiday: BankHoliday) -> str:
        return f"{holiday.date:%A}"

    def save_model(self, request: HttpRequest, obj: BankHoliday, form: Any, change: bool) -> None:
        now = timezone.now()
        saved = proclaim_holiday(date=obj.date, title=obj.title, reason=obj.reason, by=request.user, now=now)
        obj.pk = saved.pk
        moved = ClockRevision.objects.filter(at=now).count()
        messages.info(request, f"{moved} running clocks moved." if moved else "No running clock moved.")

    def delete_model(self, request: HttpRequest, obj: BankHoliday) -> None:
        remove_holiday(date=obj.date, reason=request.POST.get("reason", ""), by=request.user, now=timezone.now())

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except WorkflowError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


@admin.register(CalendarYear)
class CalendarYearAdmin(ByWorkflow):
    list_display = ["year", "note"]
    fieldsets = [
        (None, {
            "fields": ["year", "note"],
            "description": "Add a year only when all its bank holidays are entered. A count that leaves the known "
            "years is refused, so that nobody works to a guessed date.",
        }),
    ]  # fmt: skip

    def save_model(self, request: HttpRequest, obj: CalendarYear, form: Any, change: bool) -> None:
        obj.pk = add_year(year=obj.year, note=obj.note, by=request.user, now=timezone.now()).pk


class BehindWalls(ReadOnly):
    """Without the cases that are closed to the person who looks; `label` leads to their reference."""

    label = "label"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        return found.exclude(**{f"{self.label}__in": closed_to(request.user)})


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("running", "Running"), ("late", "Running and late"), ("finished", "Finished")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "running":
            return queryset & Clock.objects.running()
        if self.value() == "late":
            return queryset & Clock.objects.overdue_on(timezone.localdate())
        if self.value() == "finished":
            return queryset.exclude(pk__in=Clock.objects.running())
        return queryset


class _ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RevisionInline(_ReadOnlyInline):
    model = ClockRevision
    fields = ["at", "cause", "old_trigger_on", "new_trigger_on", "old_due_on", "new_due_on", "by", "told_at"]


class ReminderInline(_ReadOnlyInline):
    model = Reminder
    fields = ["occurs_on", "headline", "level", "recipient", "state", "sent_at"]


@admin.register(Clock)
class ClockAdmin(BehindWalls):
    list_display = ["label", "code", "trigger_on", "due_on", "stricter_due_on", "completed_on", "withdrawn_on"]
    list_filter = [StateFilter, "code", "due_on"]
    search_fields = ["label", "code"]
    date_hierarchy = "due_on"
    inlines = [RevisionInline, ReminderInline]
    fields = ["label", "rule", "parent", "trigger_on", "due_on", "stricter_trigger_on", "stricter_due_on",
              "started_at", "started_by", "completed_on", "completed_by", "withdrawn_on", "withdrawn_by"]  # fmt: skip


@admin.register(Reminder)
class ReminderAdmin(BehindWalls):
    """The ledger. What waits without an owner shows here, under “Waiting to be sent”."""

    label = "clock__label"
    list_display = ["occurs_on", "reference", "headline", "level", "recipient", "state", "sent_at"]
    list_filter = ["state", "level", "occurs_on"]
    search_fields = ["clock__label", "recipient__name"]
    list_select_related = ["clock", "recipient"]

    @admin.display(description="reference", ordering="clock__label")
    def reference(self, reminder: Reminder) -> str:
        return str(reminder.clock.label)
