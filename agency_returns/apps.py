from django.apps import AppConfig


class AgencyReturnsConfig(AppConfig):
    name = "agency_returns"
    verbose_name = "Agency returns"
