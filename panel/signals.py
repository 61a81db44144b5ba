"""What people do to their accounts goes into the audit trail. Signals of django-allauth, none of our models'."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from audit.workflow import record
from panel.models import User


@receiver(account.user_logged_in)
def signed_in(user: User, **kwargs: Any) -> None:
    record("account.signed_in", by=user, obj=user)


@receiver(user_logged_out)
def signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record("account.signed_out", by=user, obj=user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Only for an address that we know: what else is typed there may be anything, a password too."""
    person = User.objects.filter(email__iexact=credentials.get("email") or "").first()
    if person is not None:
        record("account.sign_in_failed", by=None, obj=person, person=str(person))


@receiver(mfa.authentication_failed)
def second_step_failed(user: User, **kwargs: Any) -> None:
    record("account.second_step_failed", by=None, obj=user, person=str(user))


@receiver([account.password_changed, account.password_set, account.password_reset])
def password_changed(user: User, **kwargs: Any) -> None:
    record("account.password_changed", by=user, obj=user)


def _kind(authenticator: Authenticator) -> str:
    return str(Authenticator.Type(authenticator.type).label).lower()


@receiver(mfa.authenticator_added)
def second_step_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("account.second_step_added", by=user, obj=user, kind=_kind(authenticator))


@receiver(mfa.authenticator_removed)
def second_step_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("account.second_step_removed", by=user, obj=user, kind=_kind(authenticator))


@receiver(mfa.authenticator_reset)
def recovery_codes_renewed(user: User, **kwargs: Any) -> None:
    record("account.recovery_codes_renewed", by=user, obj=user)


@receiver(mfa.authenticator_used)
def reauthenticated(user: User, reauthenticated: bool = False, **kwargs: Any) -> None:
    if reauthenticated:
        record("account.reauthenticated", by=user, obj=user)
