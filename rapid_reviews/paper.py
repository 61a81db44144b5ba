"""The recommendation as it is read by link: pseudonyms only, also inside what people typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from chronology.names import STILL, People
from rapid_reviews.contents import Contents
from rapid_reviews.models import Recommendation

__all__ = ["STILL", "Paper", "paper_of"]


@dataclass(frozen=True)
class Enquiry:
    number: int
    question: str
    why: str


@dataclass(frozen=True)
class Finding:
    criterion: str
    finding: str
    reason: str


@dataclass(frozen=True)
class Paper:
    """What a partner or a member decides on. No child is named in it, as far as the case knows their names."""

    reference: str
    outcome: str
    reason: str
    enquiries: Sequence[Enquiry]
    findings: Sequence[Finding]
    audiences: Sequence[str]
    asked_agencies: Sequence[str]
    dissents: Sequence[str]


def paper_of(contents: Contents, recommendation: Recommendation) -> Paper:
    """One query for each kind of people of the case, beside what `contents` holds."""
    text = People(contents.review.referral, with_names=False).text
    other = recommendation.other_audiences
    return Paper(
        reference=contents.review.referral.reference,
        outcome=recommendation.get_outcome_display(),
        reason=text(recommendation.reason),
        enquiries=[Enquiry(row.number, text(row.question), text(row.why)) for row in recommendation.enquiries.all()],
        findings=[
            Finding(answer.get_criterion_display(), answer.finding_label, text(answer.reason))
            for answer in contents.findings
        ],
        audiences=[str(row) for row in recommendation.audiences.all()] + ([text(other)] if other else []),
        asked_agencies=[str(row) for row in recommendation.asked_agencies.all()],
        dissents=[f"{row.membership.user}: {text(row.text)}" for row in recommendation.dissents.all()],
    )
