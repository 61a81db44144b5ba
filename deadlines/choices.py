"""The words of a rule."""

from django.db.models import TextChoices


class Direction(TextChoices):
    FORWARD = "forward", "Forward from the trigger"
    BACK = "back", "Back from the trigger"


class Unit(TextChoices):
    WORKING_DAYS = "working-days", "Working days"
    MONTHS = "months", "Calendar months"
    YEARS = "years", "Years"
    NONE = "none", "No day count"


class Limit(TextChoices):
    """What the date means: only BY can be overdue."""

    BY = "by", "Must be done by the date"
    EXPECTED = "expected", "Expected by the date, by somebody else: never overdue of ours"
    UNTIL = "until", "Must last until the date"


class StartsAt(TextChoices):
    """Which recorded fact starts the count."""

    AWARE = "aware", "Local authority becomes aware"
    NOTIFIED = "notified", "Notification sent to the national Panel"
    ACCEPTED = "accepted", "Referral accepted"
    REVIEW_SENT = "review-sent", "Rapid review sent"
    DECISION = "decision", "Decision of the partners"
    PUBLICATION = "publication", "Publication"
    KNOWN = "known", "When it is known"
    LAST_REPORT = "last-report", "Last report"
    LAST_MEETING = "last-meeting", "Last meeting"
    MAIN_CLOCK = "main-clock", "The clock of which it is a milestone"


class Category(TextChoices):
    LAW = "law", "Law"
    GUIDANCE = "guidance", "Statutory guidance"
    TERMS = "tor", "Terms of reference"
    LOCAL = "local", "Local practice"


class Status(TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    TO_BE_CONFIRMED = "to-be-confirmed", "To be confirmed"


class Level(TextChoices):
    """Who is told, in the order in which a clock escalates."""

    LEAD = "lead", "Lead"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    CHAIR = "chair", "Chair"
    EXECUTIVE = "executive", "Executive"


class Anchor(TextChoices):
    """From where a step of the ladder is counted, in working days."""

    AFTER_TRIGGER = "after-trigger", "Days after the trigger"
    BEFORE_DUE = "before-due", "Days before due (0: that day)"
    LATE = "late", "Days late"


class ReminderState(TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Handed to the outbox"
    SUPERSEDED = "superseded", "Superseded by a later step"
    DROPPED = "dropped", "Dropped: the clock had stopped"


def kind_of(direction: str, unit: str) -> str:
    """The two in one word, as in the tables of worked dates: "forward-working-days", "back-months"."""
    return f"{direction}-{unit}"


KINDS: dict[str, tuple[Direction, Unit]] = {
    kind_of(direction, unit): (direction, unit) for direction in Direction for unit in Unit if unit != Unit.NONE
}
