from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = "Overview"

    def ready(self) -> None:
        from core import needs  # noqa: PLC0415 - models are loaded by now, not before
        from overview.needs import PROVIDERS  # noqa: PLC0415

        for provider in PROVIDERS:
            needs.register(provider)
