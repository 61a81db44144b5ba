"""What an action says, as forms and imports hand it over, and what must be true of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from actions.choices import Kind, Source
from core.errors import WorkflowError
from panel.models import Agency, User
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview
from referrals.models import Referral


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Exactly one source. A review or a meeting may be about a case; then the action follows that case's walls."""

    source: Source
    rapid_review: RapidReview | None = None
    practice_review: PracticeReview | None = None
    referral: Referral | None = None
    other_review: str = ""
    meeting_on: date | None = None
    meeting: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    text: str
    owner: Agency
    others: Sequence[Agency] = field(default=())
    recommendation: str = ""
    success_measure: str = ""
    due_on: date | None = None
    lead: User | None = None
    lead_name: str = ""
    lead_address: str = ""
    impact_check_on: date | None = None

    @property
    def kind(self) -> Kind:
        return Kind.MULTI if self.others else Kind.SINGLE


def from_review(review: RapidReview) -> Origin:
    return Origin(source=Source.RAPID_REVIEW, rapid_review=review, referral=review.referral)


def from_practice_review(review: PracticeReview) -> Origin:
    """A review of no case gives actions of no case, which are the Panel's."""
    return Origin(source=Source.PRACTICE_REVIEW, practice_review=review, referral=review.referral)


def check_origin(origin: Origin) -> None:
    """WorkflowError, with a sentence, where not exactly one source is named."""
    needs = {
        Source.RAPID_REVIEW: origin.rapid_review,
        Source.PRACTICE_REVIEW: origin.practice_review or origin.other_review.strip(),
        Source.OTHER_REVIEW: origin.other_review.strip(),
        Source.MEETING: origin.meeting_on and origin.meeting.strip(),
    }
    if not needs[origin.source]:
        raise WorkflowError("Say exactly which review or meeting the action comes from.")
    case = origin.referral.pk if origin.referral else None
    if origin.practice_review and origin.practice_review.referral_id != case:
        raise WorkflowError("The action of a commissioned review belongs to the case of that review.")


def check_facts(facts: Facts) -> None:
    if not facts.text.strip():
        raise WorkflowError("Enter what is to be done.")
    if facts.owner in facts.others:
        raise WorkflowError(f"{facts.owner} owns the action, so it is not one of the other agencies.")
    if facts.lead and (facts.lead_name or facts.lead_address):
        raise WorkflowError("Choose a lead with an account or name one without, not both.")
    if facts.lead_address and not facts.lead_name:
        raise WorkflowError("Enter the lead’s name beside the work e-mail.")
