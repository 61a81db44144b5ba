"""Who holds a role on a day: the people to whom letters, approvals and escalations go."""

from datetime import date

from django.db.models import QuerySet

from panel.models import Membership, User
from panel.roles import Role


def holders(*roles: Role, on: date) -> QuerySet[User]:
    """The active people with a membership in any of `roles` that runs on the day `on`, each once, by name."""
    running = Membership.objects.running_on(on).with_role(*roles)
    return User.objects.filter(is_active=True, pk__in=running.values("user"))
