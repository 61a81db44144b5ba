from django.urls import path

from panel import meeting_views, views

app_name = "panel"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/keep-alive/", views.keep_alive, name="keep-alive"),
    path("account/typed/", views.keep, name="typed-keep"),
    path("account/typed/throw-away/", views.throw_away, name="typed-throw-away"),
    path("invitation/<uidb64>/<token>/", views.AcceptInvitationView.as_view(), name="invitation-accept"),
    path("meetings/", meeting_views.meeting_list, name="meeting-list"),
    path("meetings/plan/", meeting_views.plan_meeting, name="meeting-plan"),
    path("meetings/<int:pk>/move/", meeting_views.move_meeting, name="meeting-move"),
    path("meetings/<int:pk>/cancel/", meeting_views.cancel_meeting, name="meeting-cancel"),
    path("meetings/<int:pk>/held/", meeting_views.hold_meeting, name="meeting-hold"),
    # Before the library's own: an address is the business manager's to change.
    path("accounts/email/", views.EmailIsFixedView.as_view(), name="email-fixed"),
    path("accounts/password/set/", views.EmailIsFixedView.as_view(), name="password-fixed"),
]
