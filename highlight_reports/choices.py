"""The report's sections in their order (domain.md section 5), and what the Executive may answer."""

from django.db.models import TextChoices


class SectionCode(TextChoices):
    DECISIONS = "decisions", "Decisions asked of the Executive"
    HEADLINE = "headline", "Headline and commentary"
    ACTIVITY = "activity", "New referrals and decisions"
    MISDIRECTED = "misdirected", "Enquiries that were not referrals"
    RAPID_REVIEWS = "rapid-reviews", "Rapid reviews"
    PRACTICE_REVIEWS = "practice-reviews", "Commissioned reviews"
    REPLIES = "replies", "National Panel replies"
    ACTIONS = "actions", "Escalated actions, and all actions by agency and colour"
    PUBLICATIONS = "publications", "Publications and media"
    LEARNING = "learning", "Multi-agency learning"
    OTHER_REVIEWS = "other-reviews", "Other reviews considered"
    MEETINGS = "meetings", "Attendance and quoracy"
    RISKS = "risks", "Risks"
    FORWARD = "forward-plan", "Forward plan"


# What the business manager may write in each, as a hint beside the box.
HINTS = {
    SectionCode.DECISIONS: "What the Executive is asked to decide, beyond the recommendations listed.",
    SectionCode.HEADLINE: "The two or three things that the Executive should take away.",
    SectionCode.ACTIVITY: "What stands out in the period: numbers, patterns, comparison with the last report.",
    SectionCode.RAPID_REVIEWS: "How the reviews are going, and what would help.",
    SectionCode.PRACTICE_REVIEWS: "How the commissioned reviews stand, and what holds them up.",
    SectionCode.REPLIES: "What the national Panel said, and what follows.",
    SectionCode.ACTIONS: "Which actions the Executive should know of, and what it can do for them.",
    SectionCode.MISDIRECTED: "Whether agencies need to be told about the right routes.",
    SectionCode.PUBLICATIONS: "What is published next, and what the media may ask.",
    SectionCode.LEARNING: "Which messages the Executive should carry, and to whom.",
    SectionCode.OTHER_REVIEWS: "What the findings of other reviews mean here.",
    SectionCode.MEETINGS: "Which agencies are missing at the table, and what was done about it.",
    SectionCode.RISKS: "Risks that the dates alone do not show.",
    SectionCode.FORWARD: "Meetings and events that the dates below do not show.",
}


class Variant(TextChoices):
    """What a PDF is for."""

    WHOLE = "whole", "For the Executive"
    WIDER = "wider", "For wider circulation"


class Answer(TextChoices):
    """What an Executive may say to what is asked of them."""

    APPROVE = "approve", "Approve"
    DECLINE = "decline", "Decline"
    DISCUSS = "discuss", "Discuss at the meeting"
