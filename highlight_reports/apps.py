from django.apps import AppConfig


class HighlightReportsConfig(AppConfig):
    name = "highlight_reports"
    verbose_name = "Highlight reports"
