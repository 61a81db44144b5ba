from django.apps import AppConfig

SENTENCES = {
    "person.added": "{actor} added {person}.",
    "person.invited": "{actor} invited {person}.",
    "person.accepted": "{actor} accepted the invitation and chose a password.",
    "person.changed": "{actor} changed {person}: {fields}.",
    "person.switched_off": "The account of {person} was switched off: what they were invited for is over.",
    "person.deactivated": "{actor} made the account of {person} inactive and signed them out.",
    "person.reactivated": "{actor} made the account of {person} active again.",
    "person.second_factor_reset": "{actor} removed the second step of {person} for signing in.",
    "membership.added": "{actor} made {person} {role} for {agency} {period}.",
    "membership.changed": "{actor} changed a membership: {person}, {role} for {agency} {period}.",
    "agency.added": "{actor} added the agency {agency}.",
    "agency.changed": "{actor} changed the agency {agency}: {fields}.",
    "agency.imported": "{actor} imported the agency {agency} from a file.",
    "partnership.changed": "{actor} changed the partnership: {fields}.",
    "meeting.planned": "{actor} planned an {kind} meeting of the Panel: {on}.",
    "meeting.moved": "{actor} moved the meeting of the Panel of {was} to {on}: {text}",
    "meeting.held": "{actor} marked the meeting of the Panel of {on} as held.",
    "meeting.cancelled": "{actor} cancelled the meeting of the Panel of {on}: {text}",
    "account.signed_in": "{actor} signed in.",
    "account.signed_out": "{actor} signed out.",
    "account.sign_in_failed": "Somebody tried to sign in as {person} with a wrong password.",
    "account.second_step_failed": "Somebody with the password of {person} failed the second step.",
    "account.password_changed": "{actor} changed their password.",
    "account.second_step_added": "{actor} added a second step for signing in: {kind}.",
    "account.second_step_removed": "{actor} removed a second step for signing in: {kind}.",
    "account.recovery_codes_renewed": "{actor} made new recovery codes.",
    "account.reauthenticated": "{actor} confirmed who they are.",
}


class PanelConfig(AppConfig):
    name = "panel"
    verbose_name = "Panel"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from notifications import catalogue  # noqa: PLC0415
        from panel import attention, emails, signals  # noqa: F401, PLC0415

        sentences.register(SENTENCES)
        attention.register()
        catalogue.register(
            kind=emails.INVITATION,
            secret=True,
            title="Invitation",
            who="A person whom the business manager added",
            when="At once, and again when the business manager sends it again",
        )
        catalogue.register(
            kind=emails.PASSWORD_RESET,
            secret=True,
            title="Link to choose a new password",
            who="The person who asked for it on the sign-in page",
            when="At once",
        )
        catalogue.register(
            kind=emails.SECOND_FACTOR_RESET,
            title="Second step removed",
            who="The person whose second step the business manager removed",
            when="At once",
        )
        catalogue.register(
            kind=emails.NOTICE,
            title="Notice of a change to an account",
            who="The person whose password, second step or address changed (then to the old address)",
            when="At once",
        )
        catalogue.register(
            kind=emails.MEETING,
            title="A meeting of the Panel is planned, moved or cancelled",
            who="Everybody on the Panel, deputies too",
            when="When an extraordinary one is planned, and when any is moved or cancelled",
        )
