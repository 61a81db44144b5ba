from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from documents import attention  # noqa: PLC0415 - the app registry must be ready

        attention.register()
