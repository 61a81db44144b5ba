from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from panel import typed
from panel.workflow import keep_typed

SECOND_FACTOR_SETUP = ("/accounts/", "/static/")  # where a person without a second factor may still go


class RequireSecondFactorMiddleware:
    """Where MFA_REQUIRED is on, nobody gets further than setting up a second factor without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.MFA_REQUIRED
            and request.user.is_authenticated
            and not request.path.startswith(SECOND_FACTOR_SETUP)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


class NoStoreMiddleware:
    """Pages about children are not kept by browsers or proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class KeepTypedMiddleware:
    """Keeps the text of a form that is sent after the session ended, and remembers in a cookie whose session it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            if typed.remembered(request) != request.user.pk:
                self._remember(response, typed.seal(request.user))
        elif was_signed_in:  # signed out by choice
            response.delete_cookie(typed.COOKIE, samesite="Strict")
        return response

    def _remember(self, response: HttpResponse, value: str) -> None:
        response.set_cookie(
            typed.COOKIE, value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
        )

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Runs after the CSRF check and before the one that sends to the sign-in page."""
        if request.method == "POST" and not request.user.is_authenticated and getattr(view, "keeps_typed", False):
            person = typed.last_here(request)
            if person is not None:
                keep_typed(person=person, path=request.path, typed=request.POST, now=timezone.now())
