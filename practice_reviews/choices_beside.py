"""Closed lists of what runs beside a commissioned review."""

from django.db.models import TextChoices


class ContactKind(TextChoices):
    """What happened with a member of the family."""

    INVITE = "invite", "Invited to take part"
    ACCEPT = "accept", "Said yes"
    DECLINE = "decline", "Declined"
    SET_ASIDE = "set_aside", "Not to be invited"
    VIEWS = "hear_views", "Views heard"
    DRAFT = "share_draft", "Draft shared"
    PUBLICATION = "tell_of_publication", "Told of the publication"
    NOTE = "note", "Other contact"
    LEFT_OUT = "left_out", "A step that will not be taken"


class FamilyStep(TextChoices):
    """What is owed to every member of the family; each is done, or left out with a reason."""

    INVITE = "invite", "Invite them to take part"
    ANSWER = "answer", "Get their answer"
    VIEWS = "hear_views", "Hear their views"
    DRAFT = "share_draft", "Share the draft with them"
    PUBLICATION = "tell_of_publication", "Tell them of the publication"


class EventKind(TextChoices):
    LEARNING = "learning", "Learning event"
    FOCUS = "focus", "Focus group"
    CONVERSATION = "conversation", "Single conversation"
    FEEDBACK = "feedback", "Feedback event"


class Effect(TextChoices):
    """What parallel proceedings mean for the publication of the report."""

    NONE = "none", "None"
    WAIT = "wait", "Publication waits"
    REDACT = "redact", "Parts are left out of what is published"
