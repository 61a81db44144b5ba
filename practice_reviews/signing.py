"""Whether a review can be signed off, and what is missing, in sentences. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass

from panel.roles import StatutoryRole
from practice_reviews.choices import Kind
from practice_reviews.kinds import KINDS
from practice_reviews.models import Draft, DraftComment, PartnerAgreement, PracticeReview
from practice_reviews.states import CHANGES_THE_DRAFT, DraftStatus
from practice_reviews.workflow.gates import appointed, is_accepted
from rapid_reviews.choices import PARTNERS

NO_DRAFT = "There is no draft of the report."
NOT_CHECKED = "No draft has been to the agencies for a check of the facts."


@dataclass(frozen=True)
class Seat:
    """One Safeguarding Partner, and the agreement to the last draft where there is one."""

    partner: StatutoryRole
    agreement: PartnerAgreement | None

    @property
    def label(self) -> str:
        return str(self.partner.label)


def needs_partners(review: PracticeReview) -> bool:
    """The three Safeguarding Partners commission an LCSPR, so each of them agrees to its report."""
    return review.kind == Kind.LCSPR


def last_draft(review: PracticeReview) -> Draft | None:
    found: Draft | None = review.drafts.standing().order_by("-number").first()
    return found


def seats(review: PracticeReview) -> list[Seat]:
    """The three partners with their agreement to the last draft. Two queries."""
    draft = last_draft(review)
    given = {one.partner: one for one in draft.agreements.standing().select_related("recorded_by")} if draft else {}
    return [Seat(partner, given.get(partner)) for partner in PARTNERS]


def blocking_reasons(review: PracticeReview) -> list[str]:
    """Why the review cannot be signed off yet: one sentence for each reason, none where it can."""
    draft = last_draft(review)
    if draft is None:
        return [NO_DRAFT]
    return [
        *_of_the_reviewer(review),
        *_of_rounds(review, draft),
        *_of_comments(review, draft),
        *_of_partners(review),
    ]


def _of_the_reviewer(review: PracticeReview) -> Iterator[str]:
    """Where its type needs a reviewer there is one, and the newest declaration of whoever is appointed was accepted."""
    people = appointed(review)
    if not people and KINDS[Kind(review.kind)].needs_reviewer:
        yield "No reviewer is appointed."
    for reviewer in people:
        if not is_accepted(reviewer):
            yield "The reviewer’s declaration of independence is not accepted."


def _of_rounds(review: PracticeReview, last: Draft) -> Iterator[str]:
    statuses = dict(review.drafts.values_list("number", "status"))
    out = [number for number, status in statuses.items() if status == DraftStatus.OUT]
    for number in out:
        yield f"Draft {number} is still with the agencies."
    if not out and DraftStatus.CLOSED not in statuses.values():
        yield NOT_CHECKED


def _of_comments(review: PracticeReview, last: Draft) -> Iterator[str]:
    rows = DraftComment.objects.filter(check_row__draft__review=review)
    left = rows.unanswered().count()
    if left:
        yield f"{left} comment{' of an agency has' if left == 1 else 's of agencies have'} no answer."
    undone = rows.sent().filter(check_row__draft=last, answer__in=CHANGES_THE_DRAFT).count()
    if undone:
        count = "1 comment on it was" if undone == 1 else f"{undone} comments on it were"
        yield f"Draft {last.number} is the last one, but {count} accepted. Add the draft that says what was changed."


def _of_partners(review: PracticeReview) -> Iterator[str]:
    if not needs_partners(review):
        return
    for seat in seats(review):
        if seat.agreement is None:
            yield f"The {_small(seat.label)} has not agreed to the last draft."


def _small(label: str) -> str:
    """ "Local authority" inside a sentence."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
