"""The report's sections in their order (domain.md section 5), those that have data in this version."""

from django.db.models import TextChoices


class SectionCode(TextChoices):
    DECISIONS = "decisions", "Decisions asked of the Executive"
    HEADLINE = "headline", "Headline and commentary"
    ACTIVITY = "activity", "New referrals and decisions"
    RAPID_REVIEWS = "rapid-reviews", "Rapid reviews"
    REPLIES = "replies", "National Panel replies"
    ACTIONS = "actions", "Escalated actions, and all actions by agency and colour"
    MISDIRECTED = "misdirected", "Enquiries that were not referrals"
    RISKS = "risks", "Risks"
    FORWARD = "forward-plan", "Forward plan"


# What the business manager may write in each, as a hint beside the box.
HINTS = {
    SectionCode.DECISIONS: "What the Executive is asked to decide, beyond the recommendations listed.",
    SectionCode.HEADLINE: "The two or three things that the Executive should take away.",
    SectionCode.ACTIVITY: "What stands out in the period: numbers, patterns, comparison with the last report.",
    SectionCode.RAPID_REVIEWS: "How the reviews are going, and what would help.",
    SectionCode.REPLIES: "What the national Panel said, and what follows.",
    SectionCode.ACTIONS: "Which actions the Executive should know of, and what it can do for them.",
    SectionCode.MISDIRECTED: "Whether agencies need to be told about the right routes.",
    SectionCode.RISKS: "Risks that the dates alone do not show.",
    SectionCode.FORWARD: "Meetings and events that the dates below do not show.",
}
