"""What a person may do in the admin site follows from their role on the Panel, not from Django's groups."""

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.db.models import Model

from core.guard import GuardedModel
from panel.models import User
from panel.permissions import Permission, can


class ConfigurationBackend(BaseBackend):
    """Gives holders of CONFIGURE Django's model permissions: to look at guarded models (case data), to delete nothing.

    What may be added or go all the same (a bank holiday), its own ModelAdmin says: its page goes through the workflow.
    """

    def has_perm(self, user_obj: User, perm: str, obj: Model | None = None) -> bool:
        if not can(user_obj, Permission.CONFIGURE):
            return False
        app_label, _, codename = perm.partition(".")
        action, _, model_name = codename.partition("_")
        if action == "view":
            return True
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:
            return False
        return action in {"add", "change"} and not issubclass(model, GuardedModel)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        return can(user_obj, Permission.CONFIGURE)
