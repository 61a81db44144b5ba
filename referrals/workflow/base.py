"""What every step does first: lock the case, then ask whether this person may; and how two tabs do not lose text."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User
from panel.permissions import Permission
from referrals import permissions
from referrals.models import Referral
from referrals.states import UNRECORDED, Status

Facts = Mapping[str, Any]


class ChangedMeanwhileError(WorkflowError):
    """Somebody saved this part after the page was opened. `saved` is what stands now."""

    def __init__(self, saved: Facts) -> None:
        super().__init__("This part was changed in another window after you opened it.")
        self.saved = saved


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(referral: Referral) -> Referral:
    """The case's row, locked until the end of the transaction."""
    row: Referral = Referral.objects.select_for_update(of=("self",)).select_related("lead").get(pk=referral.pk)
    return row


def take(referral: Referral, permission: Permission, *, by: User, now: datetime) -> Referral:
    """The locked case, if `by` holds the right and sees it."""
    row = lock(referral)
    permissions.check(by, permission, row, on=local_day(now))
    return row


def take_recorded(referral: Referral, permission: Permission, *, by: User, now: datetime) -> Referral:
    """The same of a recorded case: who may see a draft is settled by its author alone."""
    row = take(referral, permission, by=by, now=now)
    if row.status in UNRECORDED:
        raise WorkflowError("A draft is seen only by its author and the business manager; record it first.")
    return row


def take_draft(draft: Referral, *, by: User, now: datetime) -> Referral:
    """The locked draft. WorkflowError where it was recorded or discarded in the meantime."""
    row = lock(draft)
    if row.status != Status.DRAFT:
        recorded = f"was recorded as {row.reference}" if row.reference else "was discarded"
        raise WorkflowError(f"This draft {recorded}, so it cannot be changed here.")
    permissions.check(by, Permission.RECORD_CASE, row, on=local_day(now))
    return row


def move(referral: Referral, verb: str, *, by: User, now: datetime, **fields: Any) -> None:
    """Check `verb` against the table and the person, then write the new status with the facts that belong to it."""
    transition = permissions.check_verb(by, verb, referral, on=local_day(now))
    write(referral, status=transition.target, **fields)


def write(row: models.Model, **fields: Any) -> None:
    """Set and save exactly these fields."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, *, by: User, referral: Referral, text: str = "", **details: Any) -> None:
    """Audit `referral.<verb>` under the case's neutral reference."""
    record(f"referral.{verb}", by=by, obj=referral, reference=referral.reference, text=text, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces round it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def facts_of(row: models.Model, names: Facts | list[str] | tuple[str, ...]) -> dict[str, Any]:
    """The values of some fields, as a form's `cleaned_data` has them."""
    return {name: getattr(row, name) for name in names}


def fingerprint(facts: Facts) -> str:
    """A short code for what a part held when its page was opened; the page sends it back."""
    plain = {name: _plain(value) for name, value in facts.items()}
    text = json.dumps(plain, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | set | models.QuerySet):
        return sorted(_plain(item) for item in value)
    return "" if value is None else value


def is_new(saved: Facts, wanted: Facts, seen: str | None) -> bool:
    """Whether `wanted` must be written over `saved`: not when it stands there already (a double click, a second tab).

    `seen` is the fingerprint that the page was given; without one the question is skipped. Raises
    ChangedMeanwhileError where another window has saved something else since.
    """
    if fingerprint(saved) == fingerprint(wanted):
        return False
    if seen and seen != fingerprint(saved):
        raise ChangedMeanwhileError(saved)
    return True
