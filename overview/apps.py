from django.apps import AppConfig

SENTENCES = {
    "calendar.opened": "{actor} made a secret address for their calendar.",
    "calendar.revoked": "{actor} ended the secret address of their calendar.",
    "assurance.exported": "{actor} took the assurance figures of {period}.",
    "search.made": "{actor} searched.",
}


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = "Overview"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415
        from core import needs  # noqa: PLC0415 - models are loaded by now, not before
        from notifications import catalogue  # noqa: PLC0415
        from overview import emails  # noqa: PLC0415
        from overview.needs import PROVIDERS  # noqa: PLC0415

        sentences.register(SENTENCES)
        for provider in PROVIDERS:
            needs.register(provider)
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
