"""Closed lists of commissioned reviews."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What the partners commission. The outcomes of a rapid review that lead here bear the same values."""

    LCSPR = "lcspr", "Local child safeguarding practice review"
    MULTI_AGENCY = "multi_agency", "Local multi-agency learning review"
    SINGLE_AGENCY = "single_agency", "Single-agency review"
    AUDIT = "audit", "Audit"
    OTHER = "other", "Other partnership activity"
