from django.urls import path

from agency_returns.views import answering, chronology, files, others, panel
from agency_returns.views.door import as_member, by_link

app_name = "agency_returns"

CASE = "cases/<str:reference>/"
ONE = f"{CASE}<int:pk>/"

# Each page of a return has two addresses: behind a link, and for a signed-in member of the agency.
PAGES = [
    ("", answering.tasks, "tasks"),
    ("no-involvement/", answering.no_involvement, "no-involvement"),
    ("parts/<slug:key>/", answering.part, "part"),
    ("parts/<slug:key>/hand-over/", answering.hand_over, "hand-over"),
    ("parts/<slug:key>/take-back/", answering.end_hand_over, "hand-over-end"),
    ("chronology/", chronology.rows, "chronology"),
    ("chronology/new/", chronology.new_row, "row-new"),
    ("chronology/rows/<uuid:key>/", chronology.change_row, "row"),
    ("chronology/rows/<uuid:key>/remove/", chronology.remove_row, "row-remove"),
    ("chronology/template/<slug:kind>/", chronology.template, "template"),
    ("chronology/upload/", chronology.upload, "upload"),
    ("chronology/upload/<uuid:key>/", chronology.preview, "preview"),
    ("files/", files.files, "files"),
    ("files/<uuid:key>/", files.download, "file"),
    ("files/<uuid:key>/remove/", files.remove, "file-remove"),
    ("check/", answering.check, "check"),
    ("take-back/", answering.take_back, "take-back"),
    ("add/", answering.add, "add"),
    ("receipt/<int:number>/", answering.receipt, "receipt"),
]

urlpatterns = [
    path("", panel.all_cases, name="board"),
    path("chase/", panel.chase, name="chase"),
    path(CASE, panel.case, name="case"),
    path(f"{CASE}ask/", panel.ask, name="ask"),
    path(ONE, panel.request, name="request"),
    path(f"{ONE}change/", panel.change, name="request-change"),
    path(f"{ONE}again/", panel.again, name="request-again"),
    path(f"{ONE}revoke/", panel.revoke, name="request-revoke"),
    path(f"{ONE}close/", panel.close, name="request-close"),
    path(f"{ONE}receipt/<int:number>/", panel.receipt, name="request-receipt"),
    path("part/<str:token>/", others.part, name="part"),
    path("sign-off/<str:token>/", others.sign_off, name="sign-off"),
    *(path(f"link/<str:token>/{route}", by_link(view), name=f"link-{name}") for route, view, name in PAGES),
    *(path(f"mine/<int:pk>/{route}", as_member(view), name=f"mine-{name}") for route, view, name in PAGES),
]
