from django.contrib import admin
from django.urls import include, path

from cspr.views import healthz

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("", include("overview.urls")),
    path("", include("panel.urls")),
    path("deadlines/", include("deadlines.urls")),
    path("mails/", include("notifications.urls")),
    path("cases/", include("referrals.urls")),
    path("cases/", include("chronology.urls")),
    path("cases/", include("rapid_reviews.urls")),
    path("refer/", include("referrals.outside_urls")),
    path("link/", include("access_links.urls")),
    path("documents/", include("documents.urls")),
    path("returns/", include("agency_returns.urls")),
    path("reviews/", include("practice_reviews.urls")),
    path("publications/", include("publications.urls")),
    path("published/", include("publications.public_urls")),
    path("learning/", include("learning.urls")),
    path("meetings/", include("meetings.urls")),
    path("actions/", include("actions.urls")),
    path("highlight-reports/", include("highlight_reports.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
