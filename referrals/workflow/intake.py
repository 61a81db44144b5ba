"""The children and agencies of a draft."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from referrals.models import Child, InvolvedAgency, KnownChild, Referral
from referrals.workflow.base import Facts, facts_of, is_new, local_day, note, take_draft, write
from referrals.workflow.naming import renew_keys

CHILD_FIELDS = (
    "is_unborn",
    "is_index",
    "name",
    "other_names",
    "date_of_birth",
    "expected_on",
    "outcome",
    "sex",
    "gender_identity",
    "ethnicity",
    "ethnicity_reason",
    "disability",
    "disability_details",
    "disability_reason",
    "religion",
    "first_language",
    "legal_status",
    "plan_category",
    "care_section",
    "placement",
    "school",
)


@workflow
def save_child(
    *, draft: Referral, key: uuid.UUID, facts: Facts, by: User, now: datetime, seen: str | None = None
) -> Child:
    """Add or change the child `key`: `facts` by the names in CHILD_FIELDS. The first child is the index child.

    A new key adds a child, the same key again changes it: a double click on "add" adds one.
    """
    draft = take_draft(draft, by=by, now=now)
    child = draft.children.filter(key=key).first()
    if child is None:
        last = draft.children.aggregate(last=Max("position"))["last"] or 0
        child = Child(referral=draft, key=key, position=last + 1)
        seen = None
    saved = facts_of(child, CHILD_FIELDS)
    wanted = {**saved, **{name: facts[name] for name in CHILD_FIELDS if name in facts}}
    check_birth(wanted, now)
    others = draft.children.exclude(pk=child.pk)
    wanted["is_index"] = bool(wanted["is_index"]) or not others.filter(is_index=True).exists()
    if child.pk is None or is_new(saved, wanted, seen):
        if wanted["is_index"]:
            others.filter(is_index=True).update(is_index=False)
        for name, value in wanted.items():
            setattr(child, name, value)
        child.save()
        renew_keys(child)
        note("draft_saved", by=by, referral=draft, part=f"child {child.position}")
    return child


def check_birth(facts: Facts, now: datetime) -> None:
    if facts["is_unborn"] and facts["date_of_birth"]:
        raise WorkflowError("An unborn child has no date of birth.")
    if not facts["is_unborn"] and facts["expected_on"]:
        raise WorkflowError("Only an unborn child has an expected date of delivery.")
    if facts["date_of_birth"] and facts["date_of_birth"] > local_day(now):
        raise WorkflowError("The date of birth cannot be in the future.")


@workflow
def remove_child(*, draft: Referral, key: uuid.UUID, by: User, now: datetime) -> None:
    """Take a child off the draft. Removed already: quiet. The next child becomes the index child where it was that."""
    draft = take_draft(draft, by=by, now=now)
    child = draft.children.filter(key=key).first()
    if child is None:
        return
    was_index, position = child.is_index, child.position
    KnownChild.objects.filter(child=child).delete()
    child.relations.all().delete()
    child.delete()
    first = draft.children.order_by("position").first()
    if was_index and first is not None:
        write(first, is_index=True)
    note("draft_saved", by=by, referral=draft, part=f"child {position}, removed")


@workflow
def save_agency(
    *, draft: Referral, agency: Agency, involvement: str, children: Iterable[Child], by: User, now: datetime
) -> InvolvedAgency:
    """Add an agency that was involved, or change how it was and which of the draft's children it knew."""
    draft = take_draft(draft, by=by, now=now)
    wanted = {child.pk for child in children}
    if wanted - set(draft.children.values_list("pk", flat=True)):
        raise WorkflowError("That child is not in this case.")
    involved: InvolvedAgency = draft.involved_agencies.filter(agency=agency).first() or InvolvedAgency(
        referral=draft, agency=agency
    )
    involved.involvement = involvement.strip()
    involved.save()
    involved.known.exclude(child__in=wanted).delete()
    for pk in sorted(wanted - set(involved.known.values_list("child_id", flat=True))):
        KnownChild(involved_agency=involved, child_id=pk).save()
    if draft.no_agency_involved:
        write(draft, no_agency_involved=False)
    note("draft_saved", by=by, referral=draft, part=f"the agency {agency.short_name}")
    return involved


@workflow
def remove_agency(*, draft: Referral, agency: Agency, by: User, now: datetime) -> None:
    """Take an agency off the draft. Removed already: quiet."""
    draft = take_draft(draft, by=by, now=now)
    involved = draft.involved_agencies.filter(agency=agency).first()
    if involved is None:
        return
    involved.known.all().delete()
    involved.delete()
    note("draft_saved", by=by, referral=draft, part=f"the agency {agency.short_name}, removed")
