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
}


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    verbose_name = "Rapid reviews"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready
        from core import needs  # noqa: PLC0415
        from deadlines import owners  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from rapid_reviews import emails  # noqa: PLC0415
        from rapid_reviews.needs import needs as mine  # noqa: PLC0415
        from rapid_reviews.workflow.opening import RULE  # noqa: PLC0415
        from rapid_reviews.workflow.sending import REPLY_RULE  # noqa: PLC0415
        from referrals.owners import CaseClocks  # noqa: PLC0415

        sentences.register(SENTENCES)
        needs.register(mine)
        for code in (RULE, REPLY_RULE):  # the local milestones belong to the owner of their main limit
            owners.register(code, CaseClocks(page="rapid_reviews:review-workspace"))
        for kind, title, who, when in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when)
