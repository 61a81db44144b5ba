"""The public page of published reports, under /published/. Off unless switched on in the administration."""

from django.urls import path

from publications.views import public

app_name = "published"

urlpatterns = [
    path("", public.reports, name="list"),
    path("<slug:slug>/", public.report, name="report"),
    path("<slug:slug>/report/", public.file, name="file"),
]
