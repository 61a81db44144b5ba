from django.urls import URLPattern

from practice_reviews import urls_beside

app_name = "practice_reviews"

urlpatterns: list[URLPattern] = []
urlpatterns += urls_beside.urlpatterns
