"""The closed lists of a return, in the words of the form."""

from django.db.models import TextChoices


class Part(TextChoices):
    """The parts of a return, in the order of its task list."""

    SUMMARY = "summary", "Your involvement in summary"
    LEGAL_STATUS = "legal_status", "Legal status that you knew of"
    RISK = "risk", "Was risk recognised?"
    SHARED = "shared", "Was information shared?"
    TIMELY = "timely", "Was action timely?"
    SEEN = "seen", "Was the child seen and heard?"
    EQUALITY = "equality", "Were equality and culture considered?"
    GOOD_PRACTICE = "good_practice", "Good practice"
    LEARNING = "learning", "Immediate learning and action taken"


ISSUES = (Part.RISK, Part.SHARED, Part.TIMELY, Part.SEEN, Part.EQUALITY)

HINTS: dict[str, str] = {
    Part.SUMMARY: "Who in your agency knew the children and the family, from when to when, and what for.",
    Part.LEGAL_STATUS: "For example: none, child in need, a child protection plan, looked after. Say how you knew.",
    Part.RISK: "What was known or could have been known at the time, and what was made of it.",
    Part.SHARED: "With whom, when and how; what was not shared, and why.",
    Part.TIMELY: "What was done after each concern, and how soon.",
    Part.SEEN: "Were they seen alone? What did they say or show? What was daily life like for them?",
    Part.EQUALITY: "Race, ethnicity, culture, faith, disability, sex and the family’s circumstances.",
    Part.GOOD_PRACTICE: "What went well and should be kept. Write “None found” if so.",
    Part.LEARNING: "What your agency has changed already, for these children and for others. Write “None yet” if so.",
}


class Finding(TextChoices):
    """The answer to a key issue; each needs its reason."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"
    NOT_APPLICABLE = "not_applicable", "Does not apply to us"


class Anchor(TextChoices):
    """From where a step of the chase ladder is counted, in working days."""

    BEFORE_DUE = "before-due", "Working days before the due date (0: that day)"
    LATE = "late", "Working days late"


class ChaseState(TextChoices):
    SENT = "sent", "In a digest"
    SUPERSEDED = "superseded", "Superseded by a later step"
