"""What every step does first: lock the row, then ask who may and what the table says."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from agency_returns.actors import Actor
from audit.workflow import record
from chronology.names import People
from core.errors import WorkflowError
from learning import permissions
from learning.models import LearningNumber, LearningPoint
from panel.models import User
from panel.permissions import Permission
from referrals.models import Referral

Row = TypeVar("Row", bound=Model)


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(row: Row) -> Row:
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def take(row: Any, permission: Permission, *, by: User, now: datetime) -> Any:
    """The locked row, if `by` holds the right and sees it."""
    locked = lock(row)
    permissions.check(by, permission, locked, on=local_day(now))
    return locked


def take_for(row: Any, verb: str, *, by: User, now: datetime) -> Any:
    """The locked row, if `by` may `verb` in some status of it."""
    locked = lock(row)
    permissions.check_person(by, locked, verb, on=local_day(now))
    return locked


def move(row: Any, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    write(row, status=permissions.TABLES[type(row)].check(row.status, verb).target, **fields)


def write(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, *, by: User | Actor | None, obj: Model, reference: str, about: str, **details: Any) -> None:
    """Audit `learning.<verb>` under `reference`: a case's, where the row belongs to one. `about` names the row."""
    user = by.user if isinstance(by, Actor) else by
    who = by.name if isinstance(by, Actor) else str(by) if by is not None else "The system"
    record(f"learning.{verb}", by=user, obj=obj, reference=reference, about=about, who=who, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def next_reference(prefix: str, year: int) -> str:
    """The next free reference; the counter's row stays locked until the thing is there."""
    LearningNumber.objects.get_or_create(prefix=prefix, year=year)
    counter = LearningNumber.objects.select_for_update().get(prefix=prefix, year=year)
    write(counter, last=counter.last + 1)
    return f"{prefix}-{year}-{counter.last:03d}"


def by_pseudonym(text: str, cases: Iterable[Referral]) -> str:
    """`text` with the pseudonyms of everybody whose name these cases hold: learning is read far beyond the case."""
    for case in cases:
        text = People(case, with_names=False).text(text)
    return text


def cases_of(points: Iterable[LearningPoint]) -> list[Referral]:
    """Each case behind these points once, whoever asks: names are taken out of what everybody reads."""
    return list(Referral.objects.filter(pk__in={point.referral_id for point in points if point.referral_id}))


def set_links(model: Any, owner: dict[str, Any], name: str, wanted: Iterable[Model]) -> None:
    """Make the rows of a through table those of `wanted`; rows that stay are not touched."""
    keys = {one.pk for one in wanted}
    rows = model.objects.filter(**owner)
    there = set(rows.values_list(name, flat=True))
    rows.filter(**{f"{name}__in": there - keys}).delete()
    for key in sorted(keys - there):
        model(**owner, **{f"{name}_id": key}).save()
