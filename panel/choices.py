"""The fixed lists of the Panel's meetings (a leaf)."""

from django.db.models import TextChoices


class MeetingKind(TextChoices):
    """Terms of reference, section 3: alternate months, and at short notice where a rapid review needs it. The
    Executive Group's meetings stand in the same plan; they are not meetings of the Panel."""

    ORDINARY = "ordinary", "Ordinary"
    EXTRAORDINARY = "extraordinary", "Extraordinary"
    EXECUTIVE = "executive", "Executive Group"


class MeetingStatus(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"
