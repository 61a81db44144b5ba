from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = "Publication"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from core.needs import register  # noqa: PLC0415
        from documents import owners  # noqa: PLC0415
        from publications.disclosure import documents, needs  # noqa: PLC0415
        from publications.disclosure.sentences import SENTENCES  # noqa: PLC0415

        sentences.register(SENTENCES)
        register(needs.needs)
        owners.register(documents.PREFIX, documents.OWNER)
