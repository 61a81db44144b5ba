from django.apps import AppConfig

SENTENCES = {
    "referral.draft_started": "{actor} began a draft: {kind}.",
    "referral.draft_saved": "{actor} worked on the draft: {part}.",
    "referral.draft_discarded": "{actor} discarded the draft.",
    "referral.recorded": "{actor} recorded the {kind}. Number of children: {children}.",
    "referral.notified": "{actor} recorded that the notification was sent to the national Panel on {on}.{late}",
    "referral.partners_informed": "{actor} recorded that the Safeguarding Partners were informed on {on}.{late}",
    "referral.regulators_told": "{actor} recorded that the Secretary of State and Ofsted were told on {on}.{late}",
    "referral.screened": "{actor} screened the case. Outcome: {outcome}.",
    "referral.withdrawn": "{actor} withdrew the case: {text}",
    "referral.lead_assigned": "{actor} made {lead} the lead.",
    "referral.conflict_recorded": "{actor} recorded a conflict of interest of {member} ({kind}).",
    "referral.conflict_declared": "{actor} declared a conflict of interest ({kind}).",
    "referral.conflict_denied": "{actor} answered that these agencies make no conflict of interest: {agencies}.",
    "referral.conflict_upheld": "{actor} upheld the conflict of interest of {member}: {text}",
    "referral.conflict_dismissed": "{actor} dismissed the conflict of interest of {member}: {text}",
    "referral.agency_named_outside": "The referrer named the agency {agency} as involved.",
    "referral.agency_involved": "{actor} added the agency {agency}.",
    "referral.emergency_opened": "{actor} opened the case in an emergency, for {hours} hours: {text}",
    "referral.emergency_accepted": "{actor} accepted the emergency access of {person}. {text}",
    "referral.emergency_not_accepted": "{actor} did not accept the emergency access of {person}: {text}",
    "access.seen_as": "{actor} looked at the lists as {person} sees them.",
    "referral.conflict_ended": "{actor} ended the conflict of interest of {member}: {text}",
    "referral.representative_invited": "{actor} invited {person} to take part until {until}.",
    "referral.invitation_ended": "The invitation of {person} ended with the review.",
    "referral.invitation_withdrawn": "{actor} withdrew the invitation of {person}.",
    "referral.person_saved": "{actor} recorded what is known of: {person}.",
    "referral.child_corrected": "{actor} corrected what is known of {child}: {text}",
    "referral.incident_corrected": "{actor} corrected what is known of the incident: {text}",
    "referral.linked": "{actor} linked two cases: {kind}.",
    "referral.unlinked": "{actor} ended a link between two cases: {kind}.",
    "referral.from_outside": "A referral came in from outside, from {agency}. Number of children: {children}.",
    "outside.begun": "Somebody at {agency} began a referral from outside.",
    "enquiry.redirected_outside": "Somebody without an account was shown another route: {route}.",
    "enquiry.redirected": "{actor} was shown another route: {route}.",
}


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Referrals"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from core import needs, walls  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from documents import owners as document_owners  # noqa: PLC0415
        from documents.sentences import SENTENCES as DOCUMENT_SENTENCES  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from referrals import attention, documents, emails  # noqa: PLC0415
        from referrals.needs import needs as mine  # noqa: PLC0415
        from referrals.owners import CODES, OWNER  # noqa: PLC0415
        from referrals.walls import closed_references  # noqa: PLC0415

        sentences.register(SENTENCES)
        sentences.register(DOCUMENT_SENTENCES)
        document_owners.register(documents.PREFIX, documents.OWNER)
        needs.register(documents.needs)
        walls.register(closed_references)
        needs.register(mine)
        attention.register()
        for code in CODES:
            owners.register(code, OWNER)
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
        catalogue.register(
            kind=emails.RULED,
            title="The chair has ruled on your declaration",
            who="The member who declared a conflict of interest",
            when="When the chair upholds or dismisses it",
            passes_walls=True,
        )
