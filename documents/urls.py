from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [path("<uuid:key>/download/", views.download, name="document-download")]
