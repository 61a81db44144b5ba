from django.urls import path

from rapid_reviews import views

app_name = "rapid_reviews"

BASE = "<str:reference>/rapid-review/"

urlpatterns = [
    path(BASE, views.workspace, name="review-workspace"),
    path(f"{BASE}open/", views.open_review, name="review-open"),
    path(f"{BASE}step/", views.step, name="review-step"),
    path(f"{BASE}send/", views.send, name="review-send"),
    path(f"{BASE}sent/", views.sent, name="review-sent"),
    path(f"{BASE}receipt/", views.receipt, name="review-receipt"),
    path(f"{BASE}reply/", views.national_reply, name="review-reply"),
    path(f"{BASE}reply/<int:pk>/answer/", views.answer_questions, name="reply-answer"),
    path(f"{BASE}report/", views.report, name="review-report"),
    path(f"{BASE}report/progress/", views.report_progress, name="report-progress"),
    path(f"{BASE}report/<int:pk>/<slug:form>/", views.download_report, name="report-download"),
    path(f"{BASE}withdraw/", views.withdraw, name="review-withdraw"),
    path(f"{BASE}sections/<slug:slug>/", views.edit_section, name="section-edit"),
    path(f"{BASE}sections/<slug:slug>/versions/", views.versions, name="section-versions"),
    path(f"{BASE}sections/<slug:slug>/versions/restore/", views.restore, name="section-restore"),
    path(f"{BASE}sections/<slug:slug>/comment/", views.add_comment, name="comment-add"),
    path(f"{BASE}sections/<slug:slug>/lines/add/", views.edit_line, name="line-add"),
    path(f"{BASE}sections/<slug:slug>/lines/<uuid:uuid>/", views.edit_line, name="line-edit"),
    path(f"{BASE}sections/<slug:slug>/lines/<uuid:uuid>/remove/", views.remove_line, name="line-remove"),
    path(f"{BASE}owners/", views.edit_owners, name="owners-edit"),
    path(f"{BASE}comments/<uuid:uuid>/", views.edit_comment, name="comment-edit"),
    path(f"{BASE}comments/<uuid:uuid>/reply/", views.reply, name="comment-reply"),
    path(f"{BASE}comments/<uuid:uuid>/settle/", views.settle, name="comment-settle"),
    path(f"{BASE}episodes/<uuid:key>/", views.edit_episode, name="episode-edit"),
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
    path(f"{BASE}recommendation/quorum/", views.check_quorum, name="recommendation-quorum"),
    path(f"{BASE}recommendation/circulate/", views.circulate, name="circulation-start"),
    path(f"{BASE}circulation/", views.circulation, name="circulation"),
    path(f"{BASE}circulation/answer/", views.answer, name="circulation-answer"),
    path(f"{BASE}circulation/record/", views.record, name="circulation-record"),
    path(f"{BASE}circulation/end/", views.end, name="circulation-end"),
    path(f"{BASE}meeting/plan/", views.plan_for, name="meeting-plan"),
    path(f"{BASE}meeting/move/", views.move_for, name="meeting-move"),
    path(f"{BASE}decisions/resolution/", views.resolve, name="difference-resolve"),
    path("by-link/decision/<str:token>/", views.decide_by_link, name="link-decision"),
    path("by-link/answer/<str:token>/", views.answer_by_link, name="link-answer"),
    path(f"{BASE}recommendation/reopen/", views.reopen_recommendation, name="recommendation-reopen"),
    path(f"{BASE}decisions/", views.decisions, name="decision-list"),
    path(f"{BASE}decisions/<slug:partner>/", views.decide, name="decision-make"),
]
