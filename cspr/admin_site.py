from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class CsprAdminSite(AdminSite):
    site_header = "CSPR Panel administration"
    site_title = "CSPR Panel"
    index_title = "What needs attention"


class CsprAdminConfig(AdminConfig):
    default_site = "cspr.admin_site.CsprAdminSite"
