"""The link in an invitation: signed, for one person, one invitation, some days and one use."""

from datetime import timedelta

from django.core import signing

from panel.models import User

LIFETIME = timedelta(days=7)
_SALT = "panel.invitation"


class InvitationTokens:
    """Speaks as Django's password-reset token generator does. Nothing is stored: a GET cannot spend the link."""

    def make_token(self, user: User) -> str:
        """Needs `user.invited_at`."""
        return signing.dumps(self._state(user), salt=_SALT)

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether `token` is the newest invitation of `user`, unspent: no password was set since."""
        if user is None or not token or not user.is_active or user.invited_at is None or user.has_usable_password():
            return False
        try:
            state: object = signing.loads(token, salt=_SALT, max_age=LIFETIME)
        except signing.BadSignature:
            return False
        return state == self._state(user)

    def _state(self, user: User) -> list[object]:
        assert user.invited_at is not None
        return [user.pk, user.invited_at.isoformat()]


invitation_tokens = InvitationTokens()
