from django.db.models import TextChoices


class Seen(TextChoices):
    """Whether the child was seen in this contact."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_KNOWN = "not_known", "Not known"


class FindingKind(TextChoices):
    """What was computed from the rows of a case."""

    GAP = "gap", "Gap"
    DUPLICATE = "duplicate", "Likely duplicate"
    SEEN = "seen", "Contradiction: child seen"
    DATES = "dates", "Contradiction: dates"
