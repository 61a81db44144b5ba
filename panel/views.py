from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import RedirectView

from core.errors import WorkflowError
from panel import typed, workflow
from panel.forms import FirstPasswordForm
from panel.tokens import invitation_tokens


@method_decorator(login_not_required, name="dispatch")
class AcceptInvitationView(PasswordResetConfirmView):
    """The link of an invitation. A GET keeps the token in the session and spends nothing: scanners may come first."""

    token_generator = invitation_tokens
    reset_url_token = "choose-a-password"  # noqa: S105
    form_class = FirstPasswordForm
    template_name = "panel/invitation_accept.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: FirstPasswordForm) -> HttpResponse:
        self.request.session.pop("_password_reset_token", None)
        try:
            workflow.accept_invitation(person=self.user, password=form.cleaned_data["password"], now=timezone.now())
        except WorkflowError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, "Your password is set. Sign in with it.")
        return redirect(self.success_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"person": self.user if self.validlink else None}


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who I am to the Panel, and how I sign in."""
    memberships = request.user.memberships_on(timezone.localdate())
    return render(request, "panel/account.html", {"memberships": memberships})


@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """Any request renews the session; this one does nothing else. Says how many seconds there are now."""
    return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE})


@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """What is being typed into the form at `?path=`, sent by the page's script. Renews the session as any request."""
    path = request.GET.get("path", "")
    if not typed.is_keeping(path):
        raise Http404
    kept = workflow.keep_typed(person=request.user, path=path, typed=request.POST, now=timezone.now())
    return JsonResponse({"kept": kept is not None, "seconds": settings.SESSION_COOKIE_AGE})


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """The restored text is not wanted: show the form as it was saved."""
    path = request.POST.get("path", "")
    if not typed.is_keeping(path):
        raise Http404
    workflow.forget_typed(person=request.user, path=path)
    return redirect(path)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page from before the last sign-in has an old token. What it sent is kept and shown again, not lost.

    Only where the browser says that one of our pages sent it.
    """
    if request.method == "POST" and typed.is_from_here(request) and typed.is_keeping(request.path):
        person = request.user if request.user.is_authenticated else typed.last_here(request)
        if person is not None:
            workflow.keep_typed(person=person, path=request.path, typed=request.POST, now=timezone.now())
            return redirect(request.path)
    return render(request, "panel/csrf_failure.html", status=403)


class EmailIsFixedView(RedirectView):
    """Stands before the library's pages about e-mail addresses: only the business manager changes those."""

    pattern_name = "panel:account"
