"""Parents, carers, siblings and others round the children, in a draft and, learned later, in a recorded case."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals.choices import PersonRole
from referrals.models import Child, Referral, RelatedChild, RelatedPerson
from referrals.states import CLOSED, Status
from referrals.workflow.base import Facts, facts_of, is_new, local_day, lock, note, take, take_draft
from referrals.workflow.naming import renew_keys

PERSON_FIELDS = ("role", "role_other", "name", "other_names", "date_of_birth", "lives_with", "details")
JOINED = {PersonRole.ALLEGED: "of harm to", PersonRole.OTHER: "connected with", PersonRole.HOUSEHOLD: "with"}


@workflow
def save_person(
    *,
    referral: Referral,
    key: uuid.UUID,
    facts: Facts,
    children: Iterable[Child],
    by: User,
    now: datetime,
    seen: str | None = None,
) -> RelatedPerson:
    """Add or change the person `key`: `facts` by the names in PERSON_FIELDS, and whose mother or brother that is.

    The same key again changes the person: a double click on "add" adds one. In a recorded case the person gets a
    pseudonym at once and keeps it, whatever is corrected later.
    """
    referral = _take(referral, by=by, now=now)
    wanted_children = _own(referral, children)
    person = referral.people.filter(key=key).first()
    if person is None:
        last = referral.people.aggregate(last=Max("position"))["last"] or 0
        person = RelatedPerson(referral=referral, key=key, position=last + 1)
        seen = None
    saved = person_facts(person)
    wanted = {**saved, **{name: facts[name] for name in PERSON_FIELDS if name in facts}, "children": wanted_children}
    _check(wanted, local_day(now))
    if person.pk is None or is_new(saved, wanted, seen):
        for name in PERSON_FIELDS:
            setattr(person, name, wanted[name])
        if referral.reference and not person.pseudonym:
            person.pseudonym = _free_name(person, wanted_children, referral)
        person.save()
        _relate(person, wanted_children)
        renew_keys(person)
        _note(person, referral, by=by)
    return person


def person_facts(person: RelatedPerson) -> dict[str, object]:
    """What is known of a person, for the form and its fingerprint."""
    children = [relation.child for relation in person.relations.select_related("child")] if person.pk else []
    return {**facts_of(person, PERSON_FIELDS), "children": children}


def _take(referral: Referral, *, by: User, now: datetime) -> Referral:
    row = lock(referral)
    if row.status == Status.DRAFT:
        return take_draft(row, by=by, now=now)
    row = take(row, Permission.RECORD_CASE, by=by, now=now)
    if row.status in CLOSED or row.status == Status.DISCARDED:
        raise WorkflowError(f"This case is {row.get_status_display().lower()}, so nobody is added to it.")
    return row


def _own(referral: Referral, children: Iterable[Child]) -> list[Child]:
    wanted = {child.pk for child in children}
    found = [child for child in referral.children.order_by("position") if child.pk in wanted]
    if len(found) != len(wanted):
        raise WorkflowError("That child is not in this case.")
    return found


def _check(facts: Facts, today: date) -> None:
    if not facts["role"]:
        raise WorkflowError("Select who this person is to the children.")
    if facts["role"] == PersonRole.OTHER and not facts["role_other"].strip():
        raise WorkflowError("Say who this person is to the children.")
    if facts["date_of_birth"] and facts["date_of_birth"] > today:
        raise WorkflowError("The date of birth cannot be in the future.")


def _relate(person: RelatedPerson, children: list[Child]) -> None:
    wanted = {child.pk for child in children}
    person.relations.exclude(child__in=wanted).delete()
    for pk in sorted(wanted - set(person.relations.values_list("child_id", flat=True))):
        RelatedChild(person=person, child_id=pk).save()


def _note(person: RelatedPerson, referral: Referral, *, by: User) -> None:
    if referral.reference:
        note("person_saved", by=by, referral=referral, person=str(person))
    else:
        note("draft_saved", by=by, referral=referral, part=f"other person {person.position}")


def pseudonym_of(person: RelatedPerson, children: list[Child], taken: set[str]) -> str:
    """ "Mother of Child A and Child B"; the second of the same kind is "Sibling 2 of Child A"."""
    role = PersonRole(person.role)
    names = sorted(child.pseudonym for child in children)
    whose = f" {JOINED.get(role, 'of')} {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"
    number = 1
    while True:
        name = f"{role.label}{f' {number}' if number > 1 else ''}{whose if names else ''}"
        if name not in taken:
            return name
        number += 1


def _free_name(person: RelatedPerson, children: list[Child], referral: Referral) -> str:
    taken = set(referral.people.exclude(key=person.key).values_list("pseudonym", flat=True))
    return pseudonym_of(person, children, taken)


def name_people(referral: Referral) -> None:
    """Give everybody their pseudonym, when the case is recorded and its children have theirs."""
    taken: set[str] = set()
    for person in referral.people.order_by("position").prefetch_related("relations__child"):
        person.pseudonym = pseudonym_of(person, [relation.child for relation in person.relations.all()], taken)
        taken.add(person.pseudonym)
        person.save(update_fields=["pseudonym"])


@workflow
def remove_person(*, draft: Referral, key: uuid.UUID, by: User, now: datetime) -> None:
    """Take a person off the draft. Removed already: quiet."""
    draft = take_draft(draft, by=by, now=now)
    person = draft.people.filter(key=key).first()
    if person is None:
        return
    position = person.position
    person.relations.all().delete()
    person.delete()
    note("draft_saved", by=by, referral=draft, part=f"other person {position}, removed")
