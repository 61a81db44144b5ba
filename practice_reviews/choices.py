"""Closed lists of commissioned reviews (a leaf)."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What the partners commission. The outcomes of a rapid review that lead here bear the same values."""

    LCSPR = "lcspr", "Local child safeguarding practice review"
    MULTI_AGENCY = "multi_agency", "Local multi-agency learning review"
    SINGLE_AGENCY = "single_agency", "Single-agency review"
    AUDIT = "audit", "Audit"
    OTHER = "other", "Other partnership activity"


class Basis(TextChoices):
    """On whose decision a review was commissioned."""

    PARTNERS = "partners", "The three Safeguarding Partners, on a rapid review"
    PANEL = "panel", "The Panel"


class Body(TextChoices):
    """Whom the partners tell of a local child safeguarding practice review, or of its delay."""

    NATIONAL_PANEL = "national_panel", "Child Safeguarding Practice Review Panel"
    OFSTED = "ofsted", "Ofsted"
    DFE = "dfe", "Department for Education"
    SECRETARY_OF_STATE = "secretary_of_state", "Secretary of State for Education"


TOLD_OF_REVIEW = (Body.NATIONAL_PANEL, Body.OFSTED, Body.DFE)
TOLD_OF_DELAY = (Body.NATIONAL_PANEL, Body.SECRETARY_OF_STATE)


class Lateness(TextChoices):
    LATE = "late", "Publication will be late"
    WITHHELD = "withheld", "Publication is withheld for now"


class AskLevel(TextChoices):
    """How far a single-agency review without an answer or a report has gone, in order. Labels stand in sentences."""

    AGENCY = "agency", "the agency"
    CHAIR = "chair", "the chair"
    EXECUTIVE = "executive", "the Executive Group"


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
