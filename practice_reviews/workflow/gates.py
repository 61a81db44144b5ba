"""What a review must have before it begins, as sentences. Pages list them; the step refuses with them."""

from core.errors import WorkflowError
from practice_reviews.choices import Kind
from practice_reviews.kinds import KINDS
from practice_reviews.models import Declaration, PracticeReview, Reviewer
from practice_reviews.states import AskStatus, ReviewerStatus

PRACTICE = (
    "Independent of the agencies and of the line management of the case: the practice of the field, which the "
    "partnership weighs; a reviewer who is not independent in full is accepted only with grounds."
)


def appointed(review: PracticeReview) -> list[Reviewer]:
    return list(review.reviewers.filter(status=ReviewerStatus.APPOINTED))


def standing_declaration(reviewer: Reviewer) -> Declaration | None:
    """The newest one: an older one that was accepted no longer counts."""
    found: Declaration | None = reviewer.declarations.order_by("-pk").first()
    return found


def is_accepted(reviewer: Reviewer) -> bool:
    declaration = standing_declaration(reviewer)
    return declaration is not None and declaration.is_accepted is True


def missing(review: PracticeReview) -> list[str]:
    """What keeps the review from beginning; empty where nothing does."""
    rules, found = KINDS[Kind(review.kind)], []
    if rules.needs_terms and review.terms_agreed_on is None:
        found.append("The chair has not agreed the scope and terms yet.")
    if rules.needs_reviewer:
        people = appointed(review)
        if not people:
            found.append("No reviewer is appointed.")
        found += [f"{one} has no accepted declaration of independence." for one in people if not is_accepted(one)]
    if rules.asks_agency and _ask_status(review) not in (AskStatus.ACCEPTED, AskStatus.RECEIVED):
        found.append(f"{review.agency} has not accepted the review yet.")
    return found


def _ask_status(review: PracticeReview) -> str:
    ask = getattr(review, "ask", None)
    return ask.status if ask else ""


def check_begin(review: PracticeReview) -> None:
    sentences = missing(review)
    if sentences:
        raise WorkflowError(" ".join(sentences))
