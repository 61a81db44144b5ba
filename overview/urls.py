from django.urls import path, re_path

from overview import views

app_name = "overview"

# A reference ends in year and number (CSPR-2026-014), which keeps /cases/new/ and its like for referrals.
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("board/forecast/", views.forecast, name="forecast"),
    path("board/assurance/", views.assurance, name="assurance"),
    path("board/assurance/figures.csv", views.assurance_csv, name="assurance-csv"),
    path("search/", views.find, name="search"),
    path("see-as/", views.choose, name="see-as-choose"),
    path("see-as/<int:pk>/", views.see_as, name="see-as"),
    path("calendar/", views.calendar_settings, name="calendar"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
    path("accessibility/", views.accessibility, name="accessibility"),
    re_path(r"^cases/(?P<reference>[^/]+-\d{4}-\d+)/$", views.case, name="case"),
]
