from django.urls import URLPattern

app_name = "practice_reviews"

urlpatterns: list[URLPattern] = []
