"""The way in for professionals without an account, under /refer/."""

from django.urls import path

from referrals.views import outside

app_name = "outside"

urlpatterns = [
    path("", outside.start, name="start"),
    path("code/", outside.code, name="code"),
    path("about/", outside.about, name="about"),
    path("route/<slug:route>/", outside.route, name="route"),
    path("referral/", outside.tasks, name="tasks"),
    path("referral/you/", outside.you, name="you"),
    path("referral/incident/", outside.incident, name="incident"),
    path("referral/agencies/", outside.agencies, name="agencies"),
    path("referral/children/new/", outside.new_child, name="child-new"),
    path("referral/children/<uuid:child_key>/", outside.child, name="child"),
    path("referral/children/<uuid:child_key>/remove/", outside.remove_child, name="child-remove"),
    path("referral/check/", outside.check, name="check"),
    path("sent/", outside.sent, name="sent"),
]
