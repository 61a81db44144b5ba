from django.apps import AppConfig

SENTENCES = {
    "practice_review.commissioned": "{actor} commissioned {review} ({kind}), decided on {on}.",
    "practice_review.begun": "{actor} began {review}.",
    "practice_review.stopped": "{actor} stopped {review}: {text}",
    "practice_review.scope_set": "{actor} set the scope of {review}.",
    "practice_review.enquiry_saved": "{actor} wrote key line of enquiry {number} of {review}.",
    "practice_review.enquiry_removed": "{actor} took out key line of enquiry {number} of {review}.",
    "practice_review.terms_agreed": "{actor} agreed the scope and terms of {review}.",
    "practice_review.reviewer_considered": "{actor} considered {name} as reviewer of {review}.",
    "practice_review.reviewer_appointed": "{actor} appointed {name} as reviewer of {review}.",
    "practice_review.reviewer_not_chosen": "{actor} did not choose {name} as reviewer of {review}.",
    "practice_review.reviewer_ended": "{actor} ended the appointment of {name} as reviewer of {review}.",
    "practice_review.declaration_recorded": "{actor} recorded the declaration of independence of {name} for {review}.",
    "practice_review.declaration_ruled": "{actor} {answer} the declaration of independence of {name} for {review}.",
    "practice_review.reviewer_asked": "{actor} recorded a written request of the {partner} to the reviewer of "
    "{review}, to be answered by {due}.",
    "practice_review.reviewer_answered": "{actor} recorded the answer to the written request of {asked} in {review}.",
    "practice_review.member_joined": "{actor} added {name} to the panel of {review}.",
    "practice_review.member_left": "{actor} recorded that {name} left the panel of {review}.",
    "practice_review.meeting_planned": "{actor} planned a meeting of the panel of {review} on {on}.",
    "practice_review.meeting_held": "{actor} recorded the meeting of the panel of {review} on {on}.",
    "practice_review.meeting_called_off": "{actor} called off the meeting of the panel of {review} on {on}.",
    "practice_review.milestone_done": "{actor} marked “{milestone}” of {review} as done on {on}.{late}",
    "practice_review.milestone_expected": "{actor} expects “{milestone}” of {review} on {said}.",
    "practice_review.milestone_added": "{actor} added the milestone “{milestone}” to {review}, planned for {due}.",
    "practice_review.letters_written": "{actor} wrote the letters about {review} to the national bodies.",
    "practice_review.letter_changed": "{actor} changed the letter about {review} to {body}.",
    "practice_review.letter_sent": "{actor} recorded that the letter about {review} to {body} was sent on {on}.",
    "practice_review.letter_taken": "{actor} took the letter about {review} to {body} as a PDF.",
    "practice_review.bodies_told": "The national Panel, Ofsted and the Department for Education were told of {review}, "
    "the last of them on {on}.",
    "practice_review.notice_written": "{actor} wrote notice of delay {number} for {review}: {text}",
    "practice_review.delay_told": "The national Panel and the Secretary of State were told of the delay of {review} "
    "(notice {number}).",
    "practice_review.agency_asked": "{actor} asked {agency} for {review}, to be answered by {due}.",
    "practice_review.agency_answered": "{who} answered for {review}: {answer}.",
    "practice_review.agency_readdressed": "{actor} named somebody else of {agency} for {review}.",
    "practice_review.agency_reported": "{actor} recorded that the report of {agency} for {review} came on {on}.",
    "practice_review.agency_withdrawn": "{actor} withdrew the request to {agency} for {review}: {text}",
    "practice_review.agency_escalated": "The request to {agency} for {review} was escalated to {level}.",
    "practice_reviews.milestones_changed": "{actor} changed a milestone of a type of review: {step}.",
    "practice_reviews.times_changed": "{actor} changed the times for single-agency reviews: {times}.",
}


class PracticeReviewsConfig(AppConfig):
    name = "practice_reviews"
    verbose_name = "Commissioned reviews"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences  # noqa: PLC0415
        from core import attention  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from practice_reviews import apps_beside, emails, links, needs  # noqa: PLC0415
        from practice_reviews.workflow.commissioning import PUBLISH, TELL  # noqa: PLC0415
        from referrals.owners import CaseClocks  # noqa: PLC0415

        sentences.register(SENTENCES)
        register(needs.needs)
        attention.register_personal("Commissioned reviews", needs.attention)
        purposes.register(links.purpose())
        for code in (PUBLISH, TELL):
            owners.register(code, CaseClocks(page="practice_reviews:case"))
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
        apps_beside.register()
