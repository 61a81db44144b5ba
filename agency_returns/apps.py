from django.apps import AppConfig

SENTENCES = {
    "return.asked": "{actor} asked {agency} for information by {due}.",
    "return.asked_again": "{actor} sent {agency} another link.",
    "return.request_changed": "{actor} changed the request to {agency}: {lead}, due {due}.",
    "return.closed": "The request to {agency} was closed unanswered.",
    "return.opened": "{who} opened the request.",
    "return.started": "{who} began the return.",
    "return.part_saved": "{who} worked on the return: {part}.",
    "return.no_rows": "{who} said why there is no chronology.",
    "return.no_involvement": "{who} said that {agency} was not involved.",
    "return.handed_over": "{who} handed “{part}” to {colleague}.",
    "return.hand_over_ended": "{who} took “{part}” back from {colleague}.",
    "return.hand_over_done": "{who} finished “{part}”.",
    "return.file_removed": "{who} took {document_name} out of the return before it was sent.",
    "return.file_read": "{who} downloaded {document_name}.",
    "return.submitted": "{who} submitted version {version} of the return to {signer} for sign-off.",
    "return.taken_back": "{who} took the return back before it was signed off.",
    "return.sent_back": "{who} sent the return back.",
    "return.signed_off": "{who} signed off version {version} of the return of {agency}.",
    "return.ladder_changed": "{actor} changed the chase ladder: {step}.",
    "return.adding": "{who} began version {version} of the return.",
}


class AgencyReturnsConfig(AppConfig):
    name = "agency_returns"
    verbose_name = "Agency returns"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from agency_returns import emails, links, needs  # noqa: PLC0415
        from agency_returns.documents import OWNER, PREFIX  # noqa: PLC0415
        from agency_returns.workflow import link_opened  # noqa: PLC0415
        from audit import sentences  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from documents import owners as document_owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415

        sentences.register(SENTENCES)
        document_owners.register(PREFIX, OWNER)
        register(needs.needs)
        for purpose in links.purposes(link_opened):
            purposes.register(purpose)
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
