from django.apps import AppConfig

SENTENCES = {
    "learning.point_recorded": "{actor} recorded learning point {about} from: {source}.",
    "learning.point_changed": "{actor} changed learning point {about}.",
    "learning.point_agreed": "{actor} agreed learning point {about}.",
    "learning.point_set_aside": "{actor} set learning point {about} aside.",
    "learning.point_taken_up": "{actor} took learning point {about} up again.",
    "learning.review_listed": "{actor} put {about} on the reading list.",
    "learning.review_changed": "{actor} changed what {about} is.",
    "learning.review_assigned": "{actor} gave {about} to read by {due}: {readers}.",
    "learning.review_read": "{actor} read {about} and suggests: {suggests}.",
    "learning.review_decided": "{actor} decided on {about}: {outcome}.",
    "learning.review_reopened": "{actor} took the decision on {about} back.",
    "learning.message_drafted": "{actor} drafted key message {about}.",
    "learning.message_changed": "{actor} changed key message {about}.",
    "learning.message_recommended": "{actor} recommended key message {about} to the Executive Group.",
    "learning.message_sent_back": "{actor} recorded that the Executive Group sent key message {about} back.",
    "learning.message_agreed": "{actor} recorded that the Executive Group agreed key message {about} on {on}.",
    "learning.message_closed": "{actor} closed key message {about}.",
    "learning.message_withdrawn": "{actor} withdrew key message {about}.",
    "learning.impact_recorded": "{actor} recorded the impact of {about} after {months} months: {outcome}.",
    "learning.product_planned": "{actor} planned “{about}”, to be issued by {due}.",
    "learning.product_changed": "{actor} changed “{about}”.",
    "learning.product_issued": "{actor} recorded that “{about}” was issued on {on}.",
    "learning.product_cancelled": "{actor} cancelled “{about}”.",
    "learning.cascade_asked": "{actor} asked {agency} to pass “{about}” on by {due}.",
    "learning.cascade_link_sent": "{actor} sent {agency} a new link for “{about}”.",
    "learning.cascade_confirmed": "{who} confirmed for {agency} that “{about}” reached {people} people.",
    "learning.cascade_withdrawn": "{actor} no longer asks {agency} about “{about}”.",
    "learning.attendance_recorded": "{actor} recorded {people} people of {agency} at “{about}” on {on}.",
    "learning.briefing_begun": "{actor} began the 7-minute briefing of {about}.",
    "learning.briefing_written": "{actor} wrote the 7-minute briefing of {about}.",
    "learning.briefing_finished": "{actor} finished the 7-minute briefing of {about}.",
    "learning.briefing_reopened": "{actor} opened the 7-minute briefing of {about} again.",
    "learning.briefing_taken": "{actor} took the 7-minute briefing of {about} as {kind}.",
}


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = "Learning"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences  # noqa: PLC0415
        from core import attention  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from learning import emails, links, needs  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415

        sentences.register(SENTENCES)
        register(needs.needs)
        attention.register_personal("Learning", needs.attention)
        purposes.register(links.purpose())
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
