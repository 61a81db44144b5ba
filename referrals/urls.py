from django.urls import path

from referrals import views

app_name = "referrals"

DRAFT = "drafts/<uuid:key>/"
CASE = "<str:reference>/"

urlpatterns = [
    path("", views.case_list, name="referral-list"),
    path("new/", views.start, name="referral-start"),
    path("new/kind/", views.kind, name="referral-kind"),
    path("new/route/<slug:route>/", views.route, name="referral-route"),
    path(DRAFT, views.tasks, name="draft-tasks"),
    path(f"{DRAFT}incident/", views.incident, name="draft-incident"),
    path(f"{DRAFT}children/", views.children, name="draft-children"),
    path(f"{DRAFT}children/new/", views.new_child, name="draft-child-new"),
    path(f"{DRAFT}children/<uuid:child_key>/", views.child, name="draft-child"),
    path(f"{DRAFT}children/<uuid:child_key>/remove/", views.remove_child, name="draft-child-remove"),
    path(f"{DRAFT}people/", views.people, name="draft-people"),
    path(f"{DRAFT}people/new/", views.new_person, name="draft-person-new"),
    path(f"{DRAFT}people/<uuid:person_key>/", views.person, name="draft-person"),
    path(f"{DRAFT}people/<uuid:person_key>/remove/", views.remove_person, name="draft-person-remove"),
    path(f"{DRAFT}dates/", views.dates, name="draft-dates"),
    path(f"{DRAFT}agencies/", views.agencies, name="draft-agencies"),
    path(f"{DRAFT}agencies/<int:pk>/remove/", views.remove_agency, name="draft-agency-remove"),
    path(f"{DRAFT}referrer/", views.referrer, name="draft-referrer"),
    path(f"{DRAFT}lead/", views.lead, name="draft-lead"),
    path(f"{DRAFT}check/", views.check, name="draft-check"),
    path(f"{DRAFT}discard/", views.discard, name="draft-discard"),
    path(f"{CASE}recorded/", views.recorded, name="referral-recorded"),
    path(f"{CASE}information/", views.detail, name="referral-detail"),
    path(f"{CASE}information/lead/", views.change_lead, name="referral-lead"),
    path(f"{CASE}information/incident/", views.correct_incident, name="incident-correct"),
    path(f"{CASE}information/children/<uuid:child_key>/", views.correct_child, name="child-correct"),
    path(f"{CASE}information/people/new/", views.add_later, name="person-add"),
    path(f"{CASE}information/people/<uuid:person_key>/", views.change_person, name="person-change"),
    path(f"{CASE}links/new/", views.link, name="link-make"),
    path(f"{CASE}links/<int:pk>/end/", views.unlink, name="link-end"),
    path(f"{CASE}notification/sheet/", views.notification_sheet, name="notification-sheet"),
    path(f"{CASE}notification/", views.notification, name="referral-notification"),
    path(f"{CASE}notification/sent/", views.notified, name="referral-notified"),
    path(f"{CASE}notification/partners/", views.informed, name="referral-informed"),
    path(f"{CASE}notification/death/", views.told, name="referral-told"),
    path(f"{CASE}screening/", views.screening, name="referral-screen"),
    path(f"{CASE}screening/withdraw/", views.withdraw, name="referral-withdraw"),
    path(f"{CASE}access/", views.access, name="referral-access"),
    path(f"{CASE}access/conflicts/new/", views.record_conflict, name="conflict-record"),
    path(f"{CASE}access/conflicts/<int:pk>/end/", views.end_conflict, name="conflict-end"),
    path(f"{CASE}access/invitations/new/", views.invite, name="invitation-make"),
    path(f"{CASE}access/invitations/<int:pk>/withdraw/", views.withdraw_invitation, name="invitation-withdraw"),
    path(f"{CASE}history/", views.history, name="referral-history"),
]
