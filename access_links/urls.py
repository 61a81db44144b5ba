from django.urls import path

from access_links import views

app_name = "access_links"

urlpatterns = [
    path("keep-alive/", views.keep_alive, name="keep-alive"),
    path("<str:token>/", views.link, name="link"),
    path("<str:token>/code/", views.code, name="code"),
]
