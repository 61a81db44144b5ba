from django.apps import AppConfig


class HighlightReportsConfig(AppConfig):
    name = "highlight_reports"
    verbose_name = "Highlight reports"

    def ready(self) -> None:
        from highlight_reports import registry  # noqa: PLC0415 - models are not there before ready()

        registry.register()
