"""How the events of commissioned reviews, and of what runs beside them, read in the trail."""

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
        "{actor} sent draft {number} of {review} for comments by {due}; agencies asked: {count}."
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
