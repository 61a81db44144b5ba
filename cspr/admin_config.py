from django.contrib.admin.apps import AdminConfig


class CsprAdminConfig(AdminConfig):
    """Puts our site in the place of Django's and takes pages away that libraries add to it."""

    default_site = "cspr.admin_site.CsprAdminSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site  # noqa: PLC0415 - exists when the apps are ready

        from cspr.admin_site import UNWANTED  # noqa: PLC0415 - imports models

        for model in UNWANTED:
            if site.is_registered(model):
                site.unregister(model)
