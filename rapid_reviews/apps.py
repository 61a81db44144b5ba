from django.apps import AppConfig

SENTENCES = {
    "rapid_review.opened": "{actor} opened the rapid review, due at the national Panel on {due}.",
    "rapid_review.gathering_started": "{actor} began to gather information for the rapid review.",
    "rapid_review.drafting_started": "{actor} began the analysis and drafting of the rapid review.",
    "rapid_review.section_saved": "{actor} worked on “{section}” ({state}).",
    "rapid_review.section_restored": "{actor} brought version {number} of “{section}” back.",
    "rapid_review.sections_assigned": "{actor} said who writes what. {who}.",
    "rapid_review.commented": "{actor} {what} on “{section}”.",
    "rapid_review.comment_changed": "{actor} {what} a comment on “{section}”.",
    "rapid_review.episode_analysed": "{actor} worked on the key practice episode of {episode}.",
    "rapid_review.line_saved": "{actor} wrote a line of {table}.",
    "rapid_review.line_removed": "{actor} took out a line of {table}.",
    "rapid_review.criteria_answered": "{actor} recorded findings on the criteria: {criteria}.",
    "rapid_review.bundle_asked": "{actor} asked for the evidence as a {variant}.",
    "rapid_review.bundle_made": "The {variant} of the evidence was made; SHA-256 of the ZIP: {sha256}.",
    "rapid_review.bundle_failed": "The {variant} of the evidence could not be made.",
    "rapid_review.bundle_taken": "{actor} took the {variant} of the evidence as a {kind} ({bundle}).",
    "rapid_review.bundle_removed": "A {variant} of the evidence was removed: its time was over.",
    "rapid_review.copy_marked_safe": "{actor} marked {document_name} as a copy without names: {text}",
    "rapid_review.copy_unmarked": "{actor} took back that {document_name} is a copy without names.",
    "rapid_review.evidence_linked": "{actor} linked evidence to criterion {criterion}: {evidence}.",
    "rapid_review.evidence_unlinked": "{actor} took evidence away from criterion {criterion}: {evidence}.",
    "rapid_review.themes_chosen": "{actor} chose the practice themes: {themes}.",
    "rapid_review.milestone_done": "{actor} marked “{milestone}” as done on {on}.{late}",
    "rapid_review.recommended": "{actor} recorded the Panel’s recommendation: {outcome}. {quorum}",
    "rapid_review.meeting_planned": "{actor} planned an extraordinary meeting of the Panel on {on}, to keep the date.",
    "rapid_review.meeting_moved": "{actor} moved the next meeting of the Panel to {on}, to keep the date.",
    "rapid_review.circulated": "{actor} circulated the recommendation to {number} members, to be answered by {due}.",
    "rapid_review.answered": "{actor} answered the circulated recommendation: {answer}.",
    "rapid_review.answered_by_link": "{actor} answered the circulated recommendation by link: {answer}.",
    "rapid_review.answer_handed_on": "{actor} handed the answer to the circulated recommendation to {deputy}.",
    "rapid_review.deputy_asked": "{deputy} is asked about the circulated recommendation until {due}: the member "
    "for whom they act has a conflict of interest.",
    "rapid_review.representative_switched_off": "The account of {person}, invited to this review alone, was switched "
    "off.",
    "rapid_review.circulation_closed": "The circulation is over. {said} {quorum}",
    "rapid_review.circulation_ended": "{actor} ended the circulation without a result: {text}",
    "rapid_review.recommendation_reopened": "{actor} reopened the recommendation: {text}",
    "rapid_review.partner_decided": "{actor} decided for the {partner}: {view}.",
    "rapid_review.partner_decided_by_link": "{actor} decided for the {partner} by link: {view}.",
    "rapid_review.resolved": "{actor} recorded that the lead partners ({leads}) agreed: {outcome}.",
    "rapid_review.partners_differ": "The three Safeguarding Partners differ: back to the Panel.",
    "rapid_review.decided": "All three Safeguarding Partners have decided: {outcome}.",
    "rapid_review.sent": "{actor} recorded that {sender} sent the rapid review ({document}) to the national Panel"
    "{again} on {on}.{late}",
    "rapid_review.report_asked": "{actor} asked for the rapid review report ({what}).",
    "rapid_review.report_made": "The rapid review report was made ({what}).",
    "rapid_review.report_failed": "The rapid review report could not be made after {attempts} attempts ({what}).",
    "rapid_review.report_downloaded": "{actor} downloaded the rapid review report as a {form} ({what}).",
    "rapid_review.receipt_recorded": "{actor} recorded that the national Panel confirmed receipt on {on}.",
    "rapid_review.replied": "{actor} recorded the national Panel’s reply of {on}: {kind}.",
    "rapid_review.reopened_after_reply": "The national Panel disagrees: back to the Panel and the three partners.",
    "rapid_review.questions_answered": "{actor} recorded the answer of {on} to the national Panel’s questions.",
    "rapid_review.withdrawn": "{actor} withdrew the rapid review: {text}{after}",
    "rapid_review.safeguarding_raised": "{actor} raised safeguarding issue {number} to {agency}, wanted by {due}.",
    "rapid_review.safeguarding_answered": "{who} answered safeguarding issue {number}. {done}",
    "rapid_review.safeguarding_accepted": "{actor} accepted the answer of {agency} to safeguarding issue {number}.",
    "rapid_review.safeguarding_asked_again": "{actor} asked {agency} again on safeguarding issue {number}, by {due}.",
    "rapid_review.safeguarding_withdrawn": "{actor} withdrew safeguarding issue {number} to {agency}: {text}",
    "rapid_review.safeguarding_let_send": "{actor} said why the review may be sent although {agency} has not answered "
    "safeguarding issue {number}: {text}",
    "rapid_review.safeguarding_readdressed": "{actor} sent safeguarding issue {number} to {lead} of {agency}.",
    "rapid_review.safeguarding_escalated": "Safeguarding issue {number} to {agency} was escalated to {level}.",
    "rapid_review.safeguarding_times_changed": "{actor} changed the times for safeguarding issues: {times}.",
}


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    verbose_name = "Rapid reviews"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences  # noqa: PLC0415
        from core import needs  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from rapid_reviews import attention, emails, links  # noqa: PLC0415
        from rapid_reviews.needs import needs as mine  # noqa: PLC0415
        from rapid_reviews.safeguarding.links import PURPOSE  # noqa: PLC0415
        from rapid_reviews.safeguarding.needs import needs as issues  # noqa: PLC0415
        from rapid_reviews.workflow.opening import RULE  # noqa: PLC0415
        from rapid_reviews.workflow.sending import REPLY_RULE  # noqa: PLC0415
        from referrals.owners import CaseClocks  # noqa: PLC0415

        sentences.register(SENTENCES)
        needs.register(mine)
        needs.register(issues)
        attention.register()
        for purpose in (*links.PURPOSES, PURPOSE):
            purposes.register(purpose)
        for code in (RULE, REPLY_RULE):  # the local milestones belong to the owner of their main limit
            owners.register(code, CaseClocks(page="rapid_reviews:review-workspace"))
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=kind in emails.SECRET)
        for kind, title, who, when in emails.SECRET_CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=True)
