"""What every step does first: lock the case's chronology, so that rows and what is computed from them go together."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.workflow import record
from chronology.facts import RowFacts
from chronology.models import ConcernedChild, Row, Timeline, order_of
from core.errors import WorkflowError
from panel.models import User
from referrals.models import Referral


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(referral: Referral) -> Timeline:
    """The locked chronology of a recorded case; made with its first row."""
    if not referral.reference:
        raise WorkflowError("A draft has no chronology yet. Record the case first.")
    Timeline.objects.get_or_create(referral=referral)
    timeline: Timeline = Timeline.objects.select_for_update(of=("self",)).get(referral=referral)
    return timeline


def note(verb: str, *, by: User | None, who: str, referral: Referral, obj: Any, text: str = "", **more: Any) -> None:
    """Audit `chronology.<verb>` under the case's reference. `who` names the writer, with or without an account."""
    record(f"chronology.{verb}", by=by, obj=obj, reference=referral.reference, text=text, who=who, **more)


def write_facts(row: Row, facts: RowFacts) -> list[str]:
    """Set the columns of `row`; returns their names, for `update_fields`."""
    plain = facts.plain | {"order": order_of(facts.happened_on, facts.happened_time)}
    for name, value in plain.items():
        setattr(row, name, value)
    return list(plain)


def write_children(row: Row, facts: RowFacts) -> None:
    """Make the row concern exactly these children."""
    wanted = {child.pk for child in facts.children}
    there = set(row.concerned.values_list("child_id", flat=True))
    row.concerned.filter(child_id__in=there - wanted).delete()
    ConcernedChild.objects.bulk_create(ConcernedChild(row=row, child_id=pk) for pk in sorted(wanted - there))
