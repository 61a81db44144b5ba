from django.urls import path

from rapid_reviews import views

app_name = "rapid_reviews"

BASE = "<str:reference>/rapid-review/"
ISSUE = f"{BASE}safeguarding/<int:number>/"

urlpatterns = [
    path(BASE, views.workspace, name="review-workspace"),
    path(f"{BASE}open/", views.open_review, name="review-open"),
    path(f"{BASE}step/", views.step, name="review-step"),
    path(f"{BASE}send/", views.send, name="review-send"),
    path(f"{BASE}withdraw/", views.withdraw, name="review-withdraw"),
    path(f"{BASE}sections/<slug:slug>/", views.edit_section, name="section-edit"),
    path(f"{BASE}milestones/<slug:code>/", views.complete_milestone, name="milestone-complete"),
    path(f"{BASE}criteria/", views.edit_criteria, name="criteria-edit"),
    path(f"{BASE}recommendation/", views.edit_recommendation, name="recommendation-edit"),
    path(f"{BASE}recommendation/check/", views.check_recommendation, name="recommendation-check"),
    path(f"{BASE}recommendation/reopen/", views.reopen_recommendation, name="recommendation-reopen"),
    path(f"{BASE}decisions/", views.decisions, name="decision-list"),
    path(f"{BASE}decisions/<slug:partner>/", views.decide, name="decision-make"),
    path(f"{BASE}safeguarding/", views.issues, name="issue-list"),
    path(f"{BASE}safeguarding/raise/", views.raise_issue, name="issue-raise"),
    path(ISSUE, views.issue, name="issue"),
    path(f"{ISSUE}answer/", views.answer, name="issue-answer"),
    path(f"{ISSUE}accept/", views.accept, name="issue-accept"),
    path(f"{ISSUE}ask-again/", views.ask_again, name="issue-again"),
    path(f"{ISSUE}let-send/", views.let_send, name="issue-let-send"),
    path(f"{ISSUE}readdress/", views.readdress, name="issue-readdress"),
    path(f"{ISSUE}withdraw/", views.withdraw_issue, name="issue-withdraw"),
    path("safeguarding/link/<str:token>/", views.by_link, name="issue-link"),
    path(f"{BASE}representatives/", views.representatives, name="representative-list"),
    path(f"{BASE}representatives/invite/", views.invite, name="representative-invite"),
]
