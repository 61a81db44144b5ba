from django.apps import AppConfig

SENTENCES = {
    "publication.planned": "{actor} planned the publication of {review} for {on}.",
    "publication.moved": "{actor} moved the publication of {review} from {was} to {on}.",
    "publication.counted_again": "The plan of publication of {review} was counted again; it is planned for {on}.",
    "publication.step_done": "{actor} recorded a step of the publication of {review} as done on {on}: {step}.",
    "publication.step_reopened": "{actor} opened a step of the publication of {review} again: {step}.",
    "publication.step_not_needed": "{actor} recorded that a step of the publication of {review} is not needed: {step}.",
    "publication.step_added": "{actor} added a step to the publication of {review}: {step}.",
    "publication.text_changed": "{actor} changed the public text or address of {review}.",
    "publication.report_kept": "{actor} chose the file to be published for {review}: {document}.",
    "publication.strategy_saved": "{actor} saved version {number} of the media strategy for {review}.",
    "publication.agreed": "{actor} recorded the agreement of a Safeguarding Partner for {review} ({partner}): {what}.",
    "publication.day_changed": "{actor} changed the day of publication of {review}.",
    "publication.ticked": "{actor} ticked off a line of the day of publication of {review}.",
    "publication.unticked": "{actor} took back a tick on the day of publication of {review}.",
    "publication.published": "{actor} published the report of {review} on {on}.",
    "publication.taken_down": "{actor} took the published report of {review} down.",
    "publication.withheld": "{actor} recorded the decision not to publish {review}.",
    "publication.planned_again": "{actor} planned the publication of {review} again, for {on}.",
    "publication.told": "{actor} recorded that the {who} was told on {on} why {review} is not published.",
    "publication.commented": "{actor} recorded a comment of the {who} on the publication of {review}.",
    "publication.not_found": "The published report of {review} was not found at its address: {answer}.",
    "publication.found_again": "The published report of {review} was found at its address again.",
    "publication.year_over": "The report of {review} was available as long as it had to be, until {on}.",
    "publications.page_changed": "{actor} switched the public page of published reports {state}.",
    "publications.template_changed": "{actor} changed the template of publication plans: {what}.",
}


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = "Publication"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from core import attention  # noqa: PLC0415
        from core import needs as home  # noqa: PLC0415
        from deadlines import followers, owners  # noqa: PLC0415
        from documents import owners as document_owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from publications import documents, emails, needs  # noqa: PLC0415
        from publications import owners as clocks  # noqa: PLC0415
        from publications.disclosure import needs as disclosure  # noqa: PLC0415
        from publications.disclosure.sentences import SENTENCES as OF_DISCLOSURE  # noqa: PLC0415
        from publications.workflow import follow_calendar  # noqa: PLC0415

        sentences.register(SENTENCES | OF_DISCLOSURE)
        home.register(needs.needs)
        home.register(disclosure.needs)
        attention.register_personal("Publication", needs.attention)
        document_owners.register(documents.PREFIX, documents.OWNER)
        followers.register(follow_calendar)
        for code in clocks.CODES:
            owners.register(code, clocks.OWNER)
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
