"""Where django-allauth asks us: who may sign up, how its mails leave, how its secrets are kept."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from core.letters import Letter
from notifications.workflow import queue
from panel import emails
from panel.models import Partnership, User

_KINDS = {"account/email/password_reset_key": emails.PASSWORD_RESET}


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """People get an account by the business manager's invitation; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many attempts to sign in. Wait five minutes and try again.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "The password is not right.",
        "incorrect_code": "The code is not right. Codes change every 30 seconds: enter the newest.",
        "invalid_password_reset": "This link is not valid any more.",
        "rate_limited": "Too many attempts. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the library's mails into the outbox instead of sending them from the request."""
        message = self.render_mail(template_prefix, email, {"partnership": Partnership.current()} | context)
        kind = _KINDS.get(template_prefix, emails.NOTICE)
        letter = Letter(kind=kind, subject=message.subject, text=str(message.body))
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        address = {"to": person} if person else {"address": email}
        queue(letter, key=f"{kind}:{uuid.uuid4()}", **address)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under our own address, whatever host the request named."""
        path: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + path[path.index("/accounts/") :]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a Unix socket the server names no address: all such requests then share one rate limit."""
        return super().get_client_ip(request) if request.META.get("REMOTE_ADDR") else "0.0.0.0"  # noqa: S104


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa" + key.encode()).digest())) for key in keys]
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator secrets are encrypted in the database, under SECRET_KEY and its fallbacks."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": InvitationOnlyAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        return "My passkey"

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
