from django.apps import AppConfig

SENTENCES = {
    "rapid_review.opened": "{actor} opened the rapid review, due at the national Panel on {due}.",
    "rapid_review.gathering_started": "{actor} began to gather information for the rapid review.",
    "rapid_review.drafting_started": "{actor} began the analysis and drafting of the rapid review.",
    "rapid_review.section_saved": "{actor} worked on “{section}” ({state}).",
    "rapid_review.criteria_answered": "{actor} recorded findings on the criteria: {criteria}.",
    "rapid_review.milestone_done": "{actor} marked “{milestone}” as done on {on}.{late}",
    "rapid_review.recommended": "{actor} recorded the Panel’s recommendation: {outcome}. {quorum}",
    "rapid_review.recommendation_reopened": "{actor} reopened the recommendation: {text}",
    "rapid_review.partner_decided": "{actor} decided for the {partner}: {view}.",
    "rapid_review.partners_differ": "The three Safeguarding Partners differ: back to the Panel.",
    "rapid_review.decided": "All three Safeguarding Partners have decided: {outcome}.",
    "rapid_review.sent": "{actor} recorded that {sender} sent the rapid review to the national Panel on {on}.{late}",
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
    "rapid_review.withdrawn": "{actor} withdrew the rapid review: {text}",
}


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    verbose_name = "Rapid reviews"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from core import needs  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from rapid_reviews import attention, emails  # noqa: PLC0415
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
        purposes.register(PURPOSE)
        for code in (RULE, REPLY_RULE):  # the local milestones belong to the owner of their main limit
            owners.register(code, CaseClocks(page="rapid_reviews:review-workspace"))
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
        for kind, title, who, when in emails.SECRET_CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=True)
