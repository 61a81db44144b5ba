"""The closed lists of the action log, in the words of its pages and spreadsheets."""

from django.db.models import TextChoices


class Source(TextChoices):
    """Where an action comes from: exactly one, by CHECK."""

    RAPID_REVIEW = "rapid_review", "Rapid review"
    PRACTICE_REVIEW = "practice_review", "Practice review"
    OTHER_REVIEW = "other_review", "Other review"
    MEETING = "meeting", "Meeting"


class Kind(TextChoices):
    SINGLE = "single", "Single-agency"
    MULTI = "multi", "Multi-agency"


class Rag(TextChoices):
    """Each has a word, so that no page says it by colour alone."""

    BLUE = "blue", "Blue"
    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


class ClosedBy(TextChoices):
    MEETING = "meeting", "A meeting"
    CHAIR = "chair", "The chair"
    EARLIER = "earlier", "Closed before it came into this log"


class Impact(TextChoices):
    """Whether it made a difference for children: another question than whether it was done."""

    YES = "yes", "It made a difference"
    PARTLY = "partly", "It made some difference"
    NO = "no", "It made no difference yet"
    NOT_KNOWN = "not_known", "Not known yet"


class Note(TextChoices):
    PROGRESS = "progress", "Progress"
    SENT_BACK = "sent_back", "Sent back"
    REOPENED = "reopened", "Reopened"
    IMPORTED = "imported", "From the imported log"


class Level(TextChoices):
    """Terms of reference: escalating issues as appropriate to the Executive Group; the chair comes before."""

    CHAIR = "chair", "The chair"
    EXECUTIVE = "executive", "The Executive Group"


class Anchor(TextChoices):
    """From where a step of the ladder is counted."""

    BEFORE_DUE = "before-due", "Before the due date (0: that day)"
    LATE = "late", "Late"


class Unit(TextChoices):
    """The values are those of deadlines.choices.Unit, whose counting is used."""

    WORKING_DAYS = "working-days", "Working days"
    MONTHS = "months", "Calendar months"


class ToldState(TextChoices):
    SENT = "sent", "In a mail"
    SUPERSEDED = "superseded", "Superseded by a later step"
