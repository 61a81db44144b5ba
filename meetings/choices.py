"""The closed lists of the meetings (a leaf)."""

from django.db.models import TextChoices


class ItemKind(TextChoices):
    """What an item of an agenda is about. What is due fills it; anything else is typed."""

    OPENING = "opening", "Opening"
    MINUTES = "minutes", "Minutes of the last meeting"
    REFERRAL = "referral", "Referral to consider"
    REVIEW = "review", "Rapid review"
    ACTIONS = "actions", "Actions"
    LEARNING = "learning", "Learning"
    REPORT = "report", "Highlight report"
    TERMS = "terms", "Terms of reference"
    OTHER = "other", "Other"


class Decision(TextChoices):
    """What a meeting decides, in the words of Working Together and of the terms of reference."""

    ACCEPT = "accept", "Accepted for rapid review"
    NOT_MET = "not_met", "Criteria for a rapid review not met"
    MORE_INFORMATION = "more_information", "More information is needed"
    LCSPR = "lcspr", "Local child safeguarding practice review"
    MULTI_AGENCY = "multi_agency", "Local multi-agency learning review"
    SINGLE_AGENCY = "single_agency", "Single-agency review or audit"
    OTHER_ACTIVITY = "other", "Other partnership activity"
    NO_REVIEW = "none", "No further review: learning complete in the rapid review"
    NATIONAL = "national", "Raise for national review"
    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"
    NOTED = "noted", "Noted"
    DEFERRED = "deferred", "Deferred to a later meeting"


D = Decision
_ANY = (D.AGREED, D.NOT_AGREED, D.NOTED, D.DEFERRED)
DECISIONS = {
    ItemKind.REFERRAL: (D.ACCEPT, D.NOT_MET, D.MORE_INFORMATION, D.DEFERRED),
    ItemKind.REVIEW: (
        D.LCSPR, D.MULTI_AGENCY, D.SINGLE_AGENCY, D.OTHER_ACTIVITY, D.NO_REVIEW, D.NATIONAL, D.NOTED, D.DEFERRED,
    ),
}  # fmt: skip
WITHOUT_REASON = (D.NOTED,)
RECOMMENDS = (D.LCSPR, D.MULTI_AGENCY, D.SINGLE_AGENCY, D.OTHER_ACTIVITY, D.NO_REVIEW, D.NATIONAL)  # needs a quorum


def decisions_for(kind: str) -> tuple[Decision, ...]:
    """What a meeting can decide about an item of this kind."""
    return DECISIONS.get(ItemKind(kind), _ANY)


class PackState(TextChoices):
    WAITING = "waiting", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
