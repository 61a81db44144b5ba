from django.urls import path

from actions.views import action, importing, log, steps, updating
from actions.views.updating import as_member, by_link

app_name = "actions"

ONE = "<str:reference>/"

# Each page of an update has two addresses: behind a link, and for a signed-in member of an agency.
PAGES = [
    ("", updating.update, "update"),
    ("progress/", updating.note, "note"),
    ("evidence/", updating.evidence, "evidence"),
    ("another-date/", updating.ask_date, "date"),
    ("complete/", updating.claim, "claim"),
    ("take-back/", updating.take_back, "take-back"),
]

urlpatterns = [
    path("", log.log, name="log"),
    path("add/", action.add, name="add"),
    path("filters/save/", log.save_filter, name="filter-save"),
    path("filters/<int:pk>/remove/", log.remove_filter, name="filter-remove"),
    path("export/<slug:kind>/", log.export, name="export"),
    path("chase/", log.chase, name="chase"),
    path("import/", importing.upload, name="import"),
    path("import/<uuid:key>/columns/", importing.columns, name="import-columns"),
    path("import/<uuid:key>/", importing.preview, name="import-preview"),
    path("cases/<str:reference>/", action.case, name="case"),
    path("cases/<str:reference>/add/", action.add_from_review, name="add-from-review"),
    path("reviews/<str:reference>/", action.practice_review, name="practice-review"),
    path("reviews/<str:reference>/add/", action.add_from_practice_review, name="add-from-practice-review"),
    *(path(f"link/<str:token>/{route}", by_link(view), name=f"link-{name}") for route, view, name in PAGES),
    *(path(f"update/{ONE}{route}", as_member(view), name=f"mine-{name}") for route, view, name in PAGES),
    path(f"log/{ONE}", action.action, name="action"),
    path(f"log/{ONE}change/", action.change, name="change"),
    path(f"log/{ONE}link/", steps.send_link, name="link-send"),
    path(f"log/{ONE}dates/<int:pk>/", steps.decide_date, name="date-decide"),
    path(f"log/{ONE}escalations/<int:pk>/", steps.answer, name="escalation-answer"),
    path(f"log/{ONE}evidence/<int:pk>/seen/", steps.see_evidence, name="evidence-seen"),
    path(f"log/{ONE}<slug:slug>/", steps.step, name="step"),
]
