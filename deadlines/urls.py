from django.urls import path

from deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("", views.calculator, name="calculator"),
    path("rules/", views.rules, name="rules"),
]
