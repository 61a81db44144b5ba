from django.urls import path

from practice_reviews import urls_beside
from practice_reviews.views import asking, letters, reviews, steps

app_name = "practice_reviews"

ONE = "review/<str:reference>/"

urlpatterns = [
    *urls_beside.urlpatterns,
    path("", reviews.review_list, name="list"),
    path("commission/", reviews.commission, name="commission"),
    path("cases/<str:reference>/", reviews.case, name="case"),
    path("cases/<str:reference>/commission/", reviews.commission_case, name="commission-case"),
    path("link/<str:token>/", asking.by_link, name="ask-link"),
    path(ONE, reviews.review, name="review"),
    path(f"{ONE}letters/<int:pk>/", letters.letter, name="letter"),
    path(f"{ONE}letters/<int:pk>/pdf/", letters.letter_pdf, name="letter-pdf"),
    path(f"{ONE}agency/answer/", asking.answer, name="ask-answer"),
    path(f"{ONE}agency/<slug:slug>/", asking.step, name="ask-step"),
    path(f"{ONE}do/<slug:slug>/", steps.step, name="step"),
    path(f"{ONE}do/<slug:slug>/<int:pk>/", steps.row_step, name="row-step"),
]
