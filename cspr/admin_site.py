"""The business manager's cockpit: Django's admin site, entered by holders of CONFIGURE through the one sign-in page."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from core import attention
from panel.permissions import Permission, can

# Roles take the place of groups; authenticators hold secrets; a person's address stands on the person's own page.
UNWANTED = (Group, EmailAddress, Authenticator)


class CsprAdminSite(AdminSite):
    site_header = "CSPR Panel administration"
    site_title = "CSPR Panel"
    index_title = "What needs attention"
    empty_value_display = "–"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.CONFIGURE)

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Callable[..., Any]:
        """Who is signed in without the right is told so; Django would show them a sign-in page again."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return inner

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        sections = attention.collect(timezone.now(), request.user)
        return super().index(request, {"attention": sections} | (extra_context or {}))

    # One sign-in page, one place for passwords, so that the second step and the rate limits hold here too.

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(reverse("account_login", query={"next": request.GET.get("next", reverse("admin:index"))}))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")
