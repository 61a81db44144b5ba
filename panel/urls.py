from django.urls import path

from panel import views

app_name = "panel"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/keep-alive/", views.keep_alive, name="keep-alive"),
    path("account/typed/", views.keep, name="typed-keep"),
    path("account/typed/throw-away/", views.throw_away, name="typed-throw-away"),
    path("invitation/<uidb64>/<token>/", views.AcceptInvitationView.as_view(), name="invitation-accept"),
    # Before the library's own: an address is the business manager's to change.
    path("accounts/email/", views.EmailIsFixedView.as_view(), name="email-fixed"),
    path("accounts/password/set/", views.EmailIsFixedView.as_view(), name="password-fixed"),
]
