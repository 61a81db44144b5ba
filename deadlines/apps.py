from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Deadlines"

    def ready(self) -> None:
        from deadlines import attention  # noqa: PLC0415 - imports models

        attention.register()
