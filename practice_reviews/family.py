"""What is still to be done with the family of a review: computed from the log, so that nothing is lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.models import FamilyContact, FamilyMember, PracticeReview
from practice_reviews.states import DraftStatus, Involvement, Status

CIRCULATED = (DraftStatus.OUT, DraftStatus.CLOSED)


@dataclass(frozen=True)
class Line:
    """One member of the family: the log, the steps that are owed now, and those left out with their reasons."""

    member: FamilyMember
    contacts: list[FamilyContact]
    owed: list[FamilyStep]

    @property
    def left_out(self) -> list[FamilyContact]:
        return [one for one in self.contacts if one.kind == ContactKind.LEFT_OUT]


def owed(status: str, done: set[str], left_out: set[str], *, has_draft: bool, is_signed_off: bool) -> list[FamilyStep]:
    """The steps that are owed now to somebody with this involvement, in their order.

    Views are heard of who takes part; the draft is shown once one went to the agencies; everybody but who is not to be
    invited is told of the publication once the review is signed off, also who declined.
    """
    takes_part = status == Involvement.ACCEPTED
    wanted = {
        FamilyStep.INVITE: status == Involvement.TO_INVITE,
        FamilyStep.ANSWER: status == Involvement.INVITED,
        FamilyStep.VIEWS: takes_part,
        FamilyStep.DRAFT: takes_part and has_draft,
        FamilyStep.PUBLICATION: is_signed_off and status != Involvement.SET_ASIDE,
    }
    return [step for step, is_wanted in wanted.items() if is_wanted and step not in done | left_out]


def lines_of(review: PracticeReview) -> list[Line]:
    """Everybody on the log of one review. Three queries, however many."""
    members = review.family.select_related("child", "person", "review").prefetch_related("contacts__recorded_by")
    has_draft = _has_draft(review)
    return [line_of(member, has_draft=has_draft) for member in members]


def line_of(member: FamilyMember, *, has_draft: bool | None = None) -> Line:
    """One member; `has_draft`, where it is known already: whether a draft of the review has gone to the agencies."""
    contacts = list(member.contacts.all())
    done = {one.kind for one in contacts}
    left_out = {one.step for one in contacts if one.kind == ContactKind.LEFT_OUT}
    if has_draft is None:
        has_draft = _has_draft(member.review)
    is_signed_off = member.review.status == Status.SIGNED_OFF
    steps = owed(member.status, done, left_out, has_draft=has_draft, is_signed_off=is_signed_off)
    return Line(member, contacts, steps)


def _has_draft(review: PracticeReview) -> bool:
    return review.drafts.filter(status__in=CIRCULATED).exists()


def not_on_the_log(review: PracticeReview, lines: Iterable[Line]) -> list[str]:
    """Pseudonyms of the people of the case whom the log does not know yet. Two queries."""
    if review.referral is None:
        return []
    lines = list(lines)
    children = {line.member.child_id for line in lines}
    people = {line.member.person_id for line in lines}
    missing = [child for child in review.referral.children.all() if child.pk not in children]
    missing += [person for person in review.referral.people.all() if person.pk not in people]
    return [str(one) for one in missing]
