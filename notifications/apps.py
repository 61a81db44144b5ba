from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Mail"

    def ready(self) -> None:
        from notifications import attention  # noqa: PLC0415 - the app registry must be ready

        attention.register()
