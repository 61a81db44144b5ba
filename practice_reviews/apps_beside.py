"""What the modules beside a review register when the apps are ready."""

SENTENCES = {
    "practice_review.family_added": "{actor} put {member} on the family contact log of {review}.",
    "practice_review.family_reach": "{actor} changed how to reach {member}, {review}.",
    "practice_review.family_invited": "{actor} recorded that {member} was invited to take part in {review}.",
    "practice_review.family_accepted": "{actor} recorded that {member} takes part in {review}.",
    "practice_review.family_declined": "{actor} recorded that {member} declined to take part in {review}.",
    "practice_review.family_set_aside": "{actor} recorded that {member} is not to be invited to {review}.",
    "practice_review.family_heard": "{actor} recorded what {member} said for {review}.",
    "practice_review.family_shown_draft": "{actor} recorded that the draft of {review} was shared with {member}.",
    "practice_review.family_told": "{actor} recorded that {member} was told of the publication of {review}.",
    "practice_review.family_noted": "{actor} recorded a contact with {member} for {review}.",
    "practice_review.family_left_out": "{actor} said why a step is left out for {member}, {review}: {step}.",
    "practice_review.event_planned": "{actor} planned a practitioner event of {review} for {day}.",
    "practice_review.event_changed": "{actor} changed a practitioner event of {review}: {day}.",
    "practice_review.event_held": "{actor} recorded the practitioner event of {review} held on {day}.",
    "practice_review.event_corrected": "{actor} put right the practitioner event of {review} held on {day}.",
    "practice_review.event_cancelled": "{actor} cancelled the practitioner event of {review} on {day}.",
    "practice_review.proceeding_added": (
        "{actor} recorded proceedings beside {review}: {proceeding}. Effect on publication: {effect}."
    ),
    "practice_review.proceeding_carried": (
        "{actor} carried proceedings over to {review}: {proceeding}. Effect on publication: {effect}."
    ),
    "practice_review.proceeding_changed": (
        "{actor} changed proceedings beside {review}: {proceeding}. Effect on publication: {effect}."
    ),
    "practice_review.proceeding_ended": "{actor} recorded that proceedings beside {review} ended: {proceeding}.",
    "practice_review.proceeding_reopened": "{actor} recorded that proceedings beside {review} go on: {proceeding}.",
    "practice_review.draft_added": "{actor} added draft {number} of {review}.",
    "practice_review.draft_circulated": (
        "{actor} sent draft {number} of {review} to {count} agencies for comments by {due}."
    ),
    "practice_review.draft_extended": "{actor} moved the day for comments on draft {number} of {review} to {due}.",
    "practice_review.draft_closed": "{actor} closed the round of draft {number} of {review}.",
    "practice_review.draft_withdrawn": "{actor} withdrew draft {number} of {review}.",
    "practice_review.check_read": "{who} read draft {number} of {review} for {agency}.",
    "practice_review.check_commented": "{who} wrote a comment on draft {number} of {review} for {agency}.",
    "practice_review.check_comment_changed": "{who} changed a comment on draft {number} of {review} for {agency}.",
    "practice_review.check_comment_removed": "{who} took a comment on draft {number} of {review} out for {agency}.",
    "practice_review.check_sent": "{who} sent the comments of {agency} on draft {number} of {review}.",
    "practice_review.check_no_comments": "{who} said that {agency} has no comments on draft {number} of {review}.",
    "practice_review.check_taken_back": "{who} took the answer of {agency} on draft {number} of {review} back.",
    "practice_review.check_asked_again": "{actor} sent {agency} another link to draft {number} of {review}.",
    "practice_review.check_closed": "{actor} closed the check of draft {number} of {review} by {agency} unanswered.",
    "practice_review.comment_answered": (
        "{actor} answered a comment of {agency} on draft {number} of {review}: {answer}."
    ),
    "practice_review.agreed": "{actor} recorded that the {partner} agrees to draft {number} of {review}.",
    "practice_review.agreement_withdrawn": (
        "{actor} withdrew the agreement of the {partner} to draft {number} of {review}."
    ),
    "practice_review.signed_off": "{actor} signed {review} off, on draft {number}.",
    "practice_review.reopened": "{actor} opened {review} again.",
    "practice_review.ladder_changed": "{actor} changed the ladder for drafts: {step}.",
}


def register() -> None:
    from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
    from audit import sentences  # noqa: PLC0415
    from core import needs as home  # noqa: PLC0415
    from documents import owners  # noqa: PLC0415
    from notifications import catalogue  # noqa: PLC0415
    from practice_reviews import documents_drafts, emails_drafts, links_drafts, needs_beside  # noqa: PLC0415

    sentences.register(SENTENCES)
    home.register(needs_beside.needs)
    purposes.register(links_drafts.purpose())
    owners.register(documents_drafts.PREFIX, documents_drafts.OWNER)
    for kind, title, who, when, secret in emails_drafts.CATALOGUE:
        catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
