"""What every step does first: lock the publication, then ask who may and what the table says."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User
from panel.permissions import Permission
from publications import permissions
from publications.models import Publication
from publications.states import TABLE, Status

RELATED = ("practice_review__referral", "report", "copy_clock__rule", "available_clock__rule")
ONLY_PLANNED = "This can be changed only while the publication is planned."


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(publication: Publication) -> Publication:
    rows = Publication.objects.select_for_update(of=("self",)).select_related(*RELATED)
    found: Publication = rows.get(pk=publication.pk)
    return found


def take(publication: Publication, permission: Permission, *, by: User, now: datetime) -> Publication:
    """The locked publication, if `by` holds the right and sees it."""
    row = lock(publication)
    permissions.check(by, permission, row, on=local_day(now))
    return row


def prepare(publication: Publication, *, by: User, now: datetime, also_published: bool = False) -> Publication:
    """The same for changes to the plan and its words, which end with publication unless `also_published`."""
    row = take(publication, Permission.PREPARE_PUBLICATION, by=by, now=now)
    if not (row.is_planned or (also_published and row.status == Status.PUBLISHED)):
        raise WorkflowError(ONLY_PLANNED)
    return row


def move(publication: Publication, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    write(publication, status=TABLE.check(publication.status, verb).target, **fields)


def write(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, *, by: User | None, publication: Publication, **details: Any) -> None:
    """Audit `publication.<verb>` under the case's reference, or the review's own."""
    details |= {"review": publication.reference}
    record(f"publication.{verb}", by=by, obj=publication, reference=publication.case_reference, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text
