from django.apps import AppConfig


class AccessLinksConfig(AppConfig):
    name = "access_links"
    verbose_name = "Access by link"
