from django.apps import AppConfig


class PracticeReviewsConfig(AppConfig):
    name = "practice_reviews"
    verbose_name = "Commissioned reviews"

    def ready(self) -> None:
        from practice_reviews import apps_beside  # noqa: PLC0415 - the app registry must be ready

        apps_beside.register()
