from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = "Overview"

    def ready(self) -> None:
        from core import needs  # noqa: PLC0415 - models are loaded by now, not before
        from notifications import catalogue  # noqa: PLC0415
        from overview import emails  # noqa: PLC0415
        from overview.needs import PROVIDERS  # noqa: PLC0415

        for provider in PROVIDERS:
            needs.register(provider)
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
