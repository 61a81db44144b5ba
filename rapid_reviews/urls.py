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
    path(f"{BASE}reply/", views.reply, name="review-reply"),
    path(f"{BASE}reply/<int:pk>/answer/", views.answer, name="reply-answer"),
    path(f"{BASE}report/", views.report, name="review-report"),
    path(f"{BASE}report/progress/", views.report_progress, name="report-progress"),
    path(f"{BASE}report/<int:pk>/<slug:form>/", views.download_report, name="report-download"),
    path(f"{BASE}withdraw/", views.withdraw, name="review-withdraw"),
    path(f"{BASE}sections/<slug:slug>/", views.edit_section, name="section-edit"),
    path(f"{BASE}milestones/<slug:code>/", views.complete_milestone, name="milestone-complete"),
    path(f"{BASE}criteria/", views.edit_criteria, name="criteria-edit"),
    path(f"{BASE}recommendation/", views.edit_recommendation, name="recommendation-edit"),
    path(f"{BASE}recommendation/check/", views.check_recommendation, name="recommendation-check"),
    path(f"{BASE}recommendation/reopen/", views.reopen_recommendation, name="recommendation-reopen"),
    path(f"{BASE}decisions/", views.decisions, name="decision-list"),
    path(f"{BASE}decisions/<slug:partner>/", views.decide, name="decision-make"),
]
