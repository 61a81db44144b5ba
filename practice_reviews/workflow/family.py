"""The family: who, invited, their answer, what they said, what they were shown and told. Nothing is taken back."""

from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.models import FamilyContact, FamilyMember, PracticeReview
from practice_reviews.states import FAMILY
from practice_reviews.workflow.beside import local_day, move, not_later, note, take, words
from referrals.models import Child, RelatedPerson

NOT_YET = "A contact cannot have been on a day that has not come yet."
WHY = {
    ContactKind.DECLINE: "Write down why they declined, or that they gave no reason.",
    ContactKind.SET_ASIDE: "Say why they are not to be invited.",
}
# The audit trail's word for each step of the table.
VERBS = {
    ContactKind.INVITE: "invited",
    ContactKind.ACCEPT: "accepted",
    ContactKind.DECLINE: "declined",
    ContactKind.SET_ASIDE: "set_aside",
    ContactKind.VIEWS: "heard",
    ContactKind.DRAFT: "shown_draft",
    ContactKind.PUBLICATION: "told",
}


@workflow
def add_member(
    *, review: PracticeReview, child: Child | None = None, person: RelatedPerson | None = None, name: str = "",
    pseudonym: str = "", reach: str = "", by: User, now: datetime,
) -> FamilyMember:  # fmt: skip
    """Put somebody on the log: a child or person of the case, or somebody else by name and pseudonym. Twice: quiet."""
    review = take(review, by=by, now=now)
    name, pseudonym = name.strip(), pseudonym.strip()
    known = child or person
    if bool(known) == bool(name) or (child and person):
        raise WorkflowError("Choose one person of the case, or enter one name.")
    if known and known.referral_id != review.referral_id:
        raise WorkflowError("This person does not belong to the case of the review.")
    if name and not pseudonym:
        raise WorkflowError("Say how everybody may read of this person, such as “Aunt of Child A”.")
    facts = {"child": child, "person": person, "name": name, "pseudonym": pseudonym if name else ""}
    there = review.family.filter(**facts).first()
    if there is not None:
        return there
    if name and review.family.filter(pseudonym=pseudonym).exists():
        raise WorkflowError("Somebody else of this review has that pseudonym. Choose another.")
    member: FamilyMember = FamilyMember.objects.create(
        review=review, reach=reach.strip(), added_by=by, added_at=now, **facts
    )
    note("family_added", by=by, review=review, member=str(member))
    return member


def _take(member: FamilyMember, *, by: User, now: datetime) -> FamilyMember:
    review = take(member.review, by=by, now=now, also_after=True)
    rows = FamilyMember.objects.select_for_update(of=("self",)).select_related("child", "person")
    row: FamilyMember = rows.get(pk=member.pk)
    row.review = review
    return row


@workflow
def change_reach(*, member: FamilyMember, reach: str, by: User, now: datetime) -> FamilyMember:
    """Put right how to reach somebody. The row history has what it was."""
    member = _take(member, by=by, now=now)
    if member.reach != reach.strip():
        member.reach = reach.strip()
        member.save(update_fields=["reach"])
        note("family_reach", by=by, review=member.review, member=str(member))
    return member


@workflow
def record_contact(
    *, member: FamilyMember, kind: ContactKind, on: date, how: str = "", text: str = "", by: User, now: datetime
) -> FamilyContact:
    """One contact: a step of the table, or a note beside it. The same once more, word for word, is quiet."""
    kind = ContactKind(kind)
    if kind == ContactKind.LEFT_OUT:
        raise WorkflowError("Use “leave out” for a step that will not be taken.")
    member = _take(member, by=by, now=now)
    not_later(on, now, NOT_YET)
    text = words(text, WHY[kind]) if kind in WHY else text.strip()
    facts: dict[str, Any] = {"kind": kind, "on": on, "how": how.strip(), "text": text}
    there: FamilyContact | None = member.contacts.filter(**facts).first()
    if there is not None:
        return there
    if kind == ContactKind.NOTE:
        words(text, "Write down what was said.")
        note("family_noted", by=by, review=member.review, member=str(member))
    else:
        move(member, FAMILY, kind.value)
        note(f"family_{VERBS[kind]}", by=by, review=member.review, member=str(member))
    contact: FamilyContact = FamilyContact.objects.create(member=member, recorded_by=by, recorded_at=now, **facts)
    return contact


@workflow
def leave_out(*, member: FamilyMember, step: FamilyStep, reason: str, by: User, now: datetime) -> FamilyContact:
    """Say that a step will not be taken, and why: then it is no longer asked for. It may still be taken later."""
    step = FamilyStep(step)
    member = _take(member, by=by, now=now)
    reason = words(reason, "Say why this step is left out.")
    there: FamilyContact | None = member.contacts.filter(kind=ContactKind.LEFT_OUT, step=step).first()
    if there is not None:
        return there
    contact: FamilyContact = FamilyContact.objects.create(
        member=member,
        kind=ContactKind.LEFT_OUT,
        step=step,
        on=local_day(now),
        text=reason,
        recorded_by=by,
        recorded_at=now,
    )
    note("family_left_out", by=by, review=member.review, member=str(member), step=step.label.lower())
    return contact
