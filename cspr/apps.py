from django.apps import AppConfig

from cspr import checks  # noqa: F401 - importing registers them


class CsprConfig(AppConfig):
    name = "cspr"
    verbose_name = "CSPR Panel"
