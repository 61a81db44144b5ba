"""The outbox to look at, with the few things a person may do to a mail; and the distribution lists."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from core.admin import FriendlyErrors, ReadOnly
from core.errors import WorkflowError
from notifications import catalogue, workflow
from notifications.models import DistributionList, DistributionListEntry, Message
from notifications.states import State


class NeedsPersonFilter(admin.SimpleListFilter):
    title = "needs a person"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "To be checked"), ("uncertain", "Perhaps delivered twice"), ("failed", "Failed")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "yes":
            return queryset.to_check()
        if self.value() == "uncertain":
            return queryset.filter(uncertain__gt=0)
        return queryset.filter(state=State.FAILED) if self.value() == "failed" else queryset


class KindFilter(admin.SimpleListFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(entry.kind, entry.title) for entry in catalogue.entries()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(ReadOnly):
    """Every mail, as it was rendered, and what became of it."""

    list_display = [
        "created_at",
        "subject",
        "address",
        "reference",
        "kind_title",
        "state",
        "attempts",
        "uncertain_flag",
    ]
    list_filter = ["state", NeedsPersonFilter, KindFilter, "created_at"]
    search_fields = ["reference__istartswith", "address", "subject", "message_id"]
    search_help_text = "A case reference, an address, a subject or a Message-ID."
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ["send_again", "mark_checked", "cancel"]
    fieldsets = [
        (None, {"fields": ["state", "last_error", "kind_title", "reference", "address", "recipient", "mail", "files"]}),
        (
            "What happened",
            {
                "fields": [
                    "created_at", "not_before", "woken_at", "attempts", "claimed_at", "sent_at", "uncertain",
                    "uncertain_at", "requested_by", "checked_at", "checked_by", "message_id", "key",
                ],
                "description": "A mail is uncertain where the sender stopped while the mail server may have accepted "
                "it already. It was sent again with the same Message-ID. Ask the recipient, then mark it as checked.",
            },
        ),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        found: QuerySet[Message] = super().get_queryset(request)
        return found.defer("text", "html").open_to(request.user)  # type: ignore[attr-defined]

    @admin.display(description="kind", ordering="kind")
    def kind_title(self, message: Message) -> str:
        return catalogue.title(message.kind)

    @admin.display(description="uncertain", ordering="uncertain")
    def uncertain_flag(self, message: Message) -> str:
        if not message.uncertain:
            return ""
        return "Checked" if message.checked_at else "To be checked"

    @admin.display(description="mail")
    def mail(self, message: Message) -> SafeString:
        secret = catalogue.is_secret(message.kind)
        return render_to_string("admin/notifications/message/mail.html", {"message": message, "secret": secret})

    @admin.display(description="attachments")
    def files(self, message: Message) -> SafeString:
        files = message.attachments.defer("content").order_by("pk")
        return render_to_string("admin/notifications/message/files.html", {"message": message, "files": files})

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:message_pk>/attachments/<int:pk>/",
            self.admin_site.admin_view(self.download),
            name="notifications_message_attachment",
        )
        return [own, *super().get_urls()]

    def download(self, request: HttpRequest, message_pk: int, pk: int) -> FileResponse:
        """One attachment of a mail that the person may see."""
        message = self.get_queryset(request).filter(pk=message_pk).first()
        file = message.attachments.filter(pk=pk).first() if message else None
        if file is None or not self.has_view_permission(request, message):
            raise Http404
        return FileResponse(
            BytesIO(file.content), as_attachment=True, filename=file.filename, content_type=file.content_type
        )

    @admin.action(description="Send again", permissions=["view"])
    def send_again(self, request: HttpRequest, mails: QuerySet[Message]) -> HttpResponse | None:
        def change(message: Message) -> None:
            workflow.send_again(message=message, by=request.user, now=timezone.now())

        return self._ask_then(request, mails, "send_again", "Send these mails again?", change, "on its way")

    @admin.action(description="Cancel", permissions=["view"])
    def cancel(self, request: HttpRequest, mails: QuerySet[Message]) -> HttpResponse | None:
        def change(message: Message) -> None:
            workflow.cancel(message=message, by=request.user)

        return self._ask_then(request, mails, "cancel", "Cancel these mails?", change, "cancelled")

    @admin.action(description="Mark as checked", permissions=["view"])
    def mark_checked(self, request: HttpRequest, mails: QuerySet[Message]) -> None:
        for message in mails:
            workflow.mark_checked(message=message, by=request.user, now=timezone.now())
        self.message_user(request, f"{len(mails)} marked as checked.", messages.SUCCESS)

    def _ask_then(
        self,
        request: HttpRequest,
        mails: QuerySet[Message],
        action: str,
        title: str,
        change: Callable[[Message], None],
        done: str,
    ) -> HttpResponse | None:
        """The confirmation page; once confirmed, `change` for each mail and what came of it."""
        if "confirmed" not in request.POST:
            context = {**self.admin_site.each_context(request), "title": title, "mails": mails, "action": action}
            return TemplateResponse(request, "admin/notifications/message/confirm.html", context)
        for message in mails:
            try:
                change(message)
                self.message_user(request, f"{message}: {done}.", messages.SUCCESS)
            except WorkflowError as error:
                self.message_user(request, f"{message}: {error}", messages.ERROR)
        return None


class EntryInline(admin.TabularInline):
    model = DistributionListEntry
    extra = 1
    autocomplete_fields = ["user"]
    verbose_name = "person"
    verbose_name_plural = "people"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may change a list may take a person off it; its history keeps them."""
        return self.has_change_permission(request, obj)


@admin.register(DistributionList)
class DistributionListAdmin(FriendlyErrors):
    list_display = ["name", "purpose", "people"]
    search_fields = ["name", "entries__name", "entries__address"]
    inlines = [EntryInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DistributionList]:
        return super().get_queryset(request).prefetch_related("entries")

    @admin.display(description="people")
    def people(self, distribution_list: DistributionList) -> int:
        return len(distribution_list.entries.all())
