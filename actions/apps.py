from django.apps import AppConfig

SENTENCES = {
    "action.proposed": "{actor} proposed action {action} for {agency}.",
    "action.changed": "{actor} changed action {action}.",
    "action.agreed": "{actor} agreed action {action}, due {due}.",
    "action.link_sent": "{actor} sent a link to action {action}.",
    "action.noted": "{who} said how action {action} is going.",
    "action.at_risk": "{who} said that action {action} is at risk.",
    "action.not_at_risk": "{who} said that action {action} is no longer at risk.",
    "action.evidence_given": "{who} gave evidence for action {action}.",
    "action.evidence_seen": "{actor} has seen evidence of action {action}.",
    "action.claimed": "{who} said that action {action} is complete.",
    "action.taken_back": "{who} went on working on action {action}.",
    "action.sent_back": "{actor} sent action {action} back: more is needed.",
    "action.confirmed": "{actor} confirmed that action {action} is complete and evidenced.",
    "action.closed": "{actor} closed action {action}: by {how}.",
    "action.cancelled": "{actor} cancelled action {action}.",
    "action.reopened": "{actor} opened action {action} again, due {due}.",
    "action.date_asked": "{who} asked for another date for action {action}: {wanted} instead of {due}.",
    "action.date_approved": "{actor} approved {wanted} as the date of action {action}.",
    "action.date_refused": "{actor} refused {wanted} as the date of action {action}.",
    "action.colour_set": "{actor} set the colour of action {action} by hand: {colour}.",
    "action.colour_unset": "{actor} let the dates of action {action} give its colour again.",
    "action.impact_recorded": "{actor} recorded the impact of action {action} on children.",
    "action.escalated": "Action {action} was escalated to {level} by {who}.",
    "action.answered": "{actor} recorded the answer of {level} for action {action}.",
    "action.chased": "{actor} asked how action {action} is going.",
    "action.imported": "{actor} imported action {action}.",
    "actions.imported": "{actor} imported {count} actions from a spreadsheet.",
    "actions.exported": "{actor} took {count} actions out of the log as {kind}.",
    "actions.ladder_changed": "{actor} changed the escalation ladder: {step}.",
}


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Action log"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from actions import documents, emails, links, needs  # noqa: PLC0415
        from audit import sentences  # noqa: PLC0415
        from core import attention  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from documents import owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415

        sentences.register(SENTENCES)
        register(needs.needs)
        attention.register_personal("Action log", needs.attention)
        purposes.register(links.purpose())
        owners.register(documents.PREFIX, documents.OWNER)
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
