from django.apps import AppConfig


class PracticeReviewsConfig(AppConfig):
    name = "practice_reviews"
    verbose_name = "Commissioned reviews"
