from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Deadlines"

    def ready(self) -> None:
        from deadlines import attention, checks  # noqa: F401, PLC0415 - the app registry must be ready

        attention.register()
