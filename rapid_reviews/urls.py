from django.urls import path

from rapid_reviews import views

app_name = "rapid_reviews"

BASE = "<str:reference>/rapid-review/"

urlpatterns = [
    path(BASE, views.workspace, name="review-workspace"),
    path(f"{BASE}open/", views.open_review, name="review-open"),
    path(f"{BASE}step/", views.step, name="review-step"),
    path(f"{BASE}send/", views.send, name="review-send"),
    path(f"{BASE}withdraw/", views.withdraw, name="review-withdraw"),
    path(f"{BASE}sections/<slug:slug>/", views.edit_section, name="section-edit"),
    path(f"{BASE}milestones/<slug:code>/", views.complete_milestone, name="milestone-complete"),
    path(f"{BASE}criteria/", views.edit_criteria, name="criteria-edit"),
    path(f"{BASE}evidence-bundle/", views.bundles, name="bundle-list"),
    path(f"{BASE}evidence-bundle/make/", views.ask_bundle, name="bundle-ask"),
    path(f"{BASE}evidence-bundle/documents/<uuid:key>/mark/", views.mark_safe_copy, name="copy-mark"),
    path(f"{BASE}evidence-bundle/documents/<uuid:key>/unmark/", views.unmark_safe_copy, name="copy-unmark"),
    path(f"{BASE}evidence-bundle/<uuid:key>/progress/", views.bundle_progress, name="bundle-progress"),
    path(f"{BASE}evidence-bundle/<uuid:key>/<slug:kind>/", views.take_bundle, name="bundle-take"),
    path(f"{BASE}criteria/themes/", views.edit_themes, name="themes-edit"),
    path(f"{BASE}criteria/<slug:criterion>/evidence/", views.choose_evidence, name="evidence-choose"),
    path(
        f"{BASE}criteria/<slug:criterion>/evidence/<int:number>/remove/", views.remove_evidence, name="evidence-remove"
    ),
    path(f"{BASE}recommendation/", views.edit_recommendation, name="recommendation-edit"),
    path(f"{BASE}recommendation/check/", views.check_recommendation, name="recommendation-check"),
    path(f"{BASE}recommendation/reopen/", views.reopen_recommendation, name="recommendation-reopen"),
    path(f"{BASE}decisions/", views.decisions, name="decision-list"),
    path(f"{BASE}decisions/<slug:partner>/", views.decide, name="decision-make"),
]
