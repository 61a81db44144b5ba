from django.apps import AppConfig


class PracticeReviewsConfig(AppConfig):
    name = "practice_reviews"
    verbose_name = "Commissioned reviews"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences as trail  # noqa: PLC0415
        from core import attention  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from documents import owners as documents_owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from practice_reviews import documents, emails, links, needs, sentences  # noqa: PLC0415
        from practice_reviews.workflow.commissioning import PUBLISH, TELL  # noqa: PLC0415
        from referrals.owners import CaseClocks  # noqa: PLC0415

        trail.register(sentences.SENTENCES)
        register(needs.needs)
        attention.register_personal("Commissioned reviews", needs.attention)
        for purpose in links.purposes():
            purposes.register(purpose)
        documents_owners.register(documents.PREFIX, documents.OWNER)
        documents_owners.register(documents.REPORT_PREFIX, documents.REPORT_OWNER)
        for code in (PUBLISH, TELL):
            owners.register(code, CaseClocks(page="practice_reviews:case"))
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
