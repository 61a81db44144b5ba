"""django-allauth's forms in the words of this service: one password box (it can be shown), no placeholders."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordMixin
from django.utils import timezone

from panel.models import Membership, User

PASSWORD_HINT = "At least 12 characters. Three random words are easy to remember and hard to guess. It never expires."  # noqa: S105


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""

    @property
    def demo_password(self) -> str:
        return str(settings.DEMO_PASSWORD)

    def demo_accounts(self) -> Iterable[Membership]:
        """Who may be tried out: in the demonstration everybody, else nobody."""
        if not settings.DEMO:
            return []
        running = Membership.objects.running_on(timezone.localdate()).select_related("user", "agency")
        return running.filter(user__is_active=True, user__email__endswith=settings.DEMO_DOMAIN).order_by("pk")


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"


class _OnePassword(forms.Form):
    """Drops the second box: a person who can see what they type need not type it twice (GOV.UK: Passwords)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = PASSWORD_HINT


class NewPasswordForm(_OnePassword, ResetPasswordKeyForm):
    pass


class OtherPasswordForm(_OnePassword, ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["oldpassword"].help_text = ""


class ConfirmPasswordForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of this passkey or security key"
        self.fields["name"].help_text = "So that you can tell yours apart, for example “Work laptop”."
        self.fields["passwordless"].label = "Let me sign in with it alone, without my password"
        self.fields["passwordless"].help_text = "Your device will ask for your fingerprint, face or PIN."


class FirstPasswordForm(SetPasswordMixin, forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label="Choose a password",
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        self.validate_password_for_user(self.user, "password")
        return super().clean() or {}
