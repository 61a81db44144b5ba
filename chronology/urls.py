from django.urls import path

from chronology import views

app_name = "chronology"

BASE = "<str:reference>/chronology/"

urlpatterns = [
    path(BASE, views.timeline, name="timeline"),
    path(f"{BASE}findings/", views.findings, name="findings"),
    path(f"{BASE}findings/<slug:identity>/dismiss/", views.dismiss_finding, name="finding-dismiss"),
    path(f"{BASE}findings/<slug:identity>/restore/", views.restore_finding, name="finding-restore"),
    path(f"{BASE}picture/", views.picture, name="picture"),
    path(f"{BASE}gap-length/", views.set_gap_days, name="gap-length"),
    path(f"{BASE}rows/add/", views.add_row, name="row-add"),
    path(f"{BASE}rows/<uuid:key>/", views.edit_row, name="row-edit"),
    path(f"{BASE}rows/<uuid:key>/withdraw/", views.withdraw_row, name="row-withdraw"),
    path(f"{BASE}rows/<uuid:key>/episode/", views.mark_episode, name="row-episode"),
    path(f"{BASE}import/", views.upload, name="import"),
    path(f"{BASE}import/<uuid:key>/", views.preview, name="import-preview"),
    path(f"{BASE}template/<slug:kind>/", views.template, name="template"),
    path(f"{BASE}exports/new/", views.export_new, name="export-new"),
    path(f"{BASE}exports/<uuid:key>/", views.export_page, name="export-page"),
    path(f"{BASE}exports/<uuid:key>/progress/", views.export_progress, name="export-progress"),
    path(f"{BASE}exports/<uuid:key>/file/", views.export_file, name="export-file"),
    path(f"{BASE}export/<slug:kind>/", views.export, name="export"),
]
