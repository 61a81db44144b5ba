"""The closed lists of learning, in the words of its pages. Themes and audiences are those of rapid_reviews."""

from django.db.models import TextChoices


class Source(TextChoices):
    """Where a learning point comes from: exactly one, by CHECK."""

    RAPID_REVIEW = "rapid_review", "Rapid review"
    PRACTICE_REVIEW = "practice_review", "Commissioned review"
    AUDIT = "audit", "Audit or other activity"
    OTHER_REVIEW = "other_review", "Review of another area or kind"


class ReviewKind(TextChoices):
    """Reviews of others whose findings the Panel weighs (terms of reference, section 1)."""

    LCSPR = "lcspr", "LCSPR of another area"
    NATIONAL = "national", "National child safeguarding practice review"
    SAR = "sar", "Safeguarding adults review"
    DARDR = "dardr", "Domestic abuse related death review (formerly DHR)"
    PSII = "psii", "Patient safety incident investigation"
    CDOP = "cdop", "Child death overview panel: theme or report"
    INSPECTION = "inspection", "Inspection or thematic report"
    OTHER = "other", "Other review"


class Outcome(TextChoices):
    """What the Panel makes of another review."""

    NO_ACTION = "no_action", "No action: it has no bearing here"
    LEARNING_POINT = "learning_point", "A learning point"
    ACTION = "action", "An action"
    PANEL = "panel", "To be discussed by the Panel"


class ProductKind(TextChoices):
    """Ways of bringing a message to those who need it."""

    BRIEFING = "briefing", "7-minute briefing"
    GUIDE = "guide", "One-minute guide"
    WEBINAR = "webinar", "Webinar"
    NEWSLETTER = "newsletter", "Newsletter"
    TRAINING = "training", "Training"
    OTHER = "other", "Other"


ATTENDED = (ProductKind.WEBINAR, ProductKind.TRAINING, ProductKind.OTHER)


class Impact(TextChoices):
    """Whether practice changed: another question than whether people were told."""

    YES = "yes", "Practice has changed"
    PARTLY = "partly", "Practice has changed in part"
    NO = "no", "Practice has not changed yet"
    NOT_KNOWN = "not_known", "Not known yet"


class Marking(TextChoices):
    """Government Security Classifications: a briefing for all staff is usually OFFICIAL."""

    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"
    OFFICIAL = "official", "OFFICIAL"
