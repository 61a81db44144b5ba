"""Adding, changing, withdrawing and releasing rows."""

from datetime import datetime

from chronology import permissions
from chronology.facts import RowFacts, checked, facts_of
from chronology.findings import refresh
from chronology.models import Row
from chronology.workflow.base import local_day, lock, note, write_children, write_facts
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from referrals.models import Referral
from referrals.workflow.base import Facts, is_new, words


@workflow
def add_row(
    *,
    referral: Referral,
    agency: Agency | None,
    facts: RowFacts,
    by: User | None,
    now: datetime,
    by_label: str = "",
    source_key: str = "",
    release: bool = True,
) -> Row:
    """Add one row for `agency` (none: the Panel).

    By link: `by=None`, `by_label="Kit Invented, Inventshire Hospital Trust"` and the return's `source_key`; what a
    return still holds back is added with `release=False`.
    """
    who = permissions.check_write(by, by_label, source_key, referral, on=local_day(now))
    timeline = lock(referral)
    facts = checked(facts, referral, today=local_day(now))
    row = Row(referral=referral, agency=agency, source_key=source_key, created_by=by, created_label=who, created_at=now)
    row.released_at = now if release else None
    write_facts(row, facts)
    row.save()
    write_children(row, facts)
    note("row_added", by=by, who=who, referral=referral, obj=row, agency=agency.short_name if agency else "the Panel")
    if release:
        refresh(timeline, [row.pk], now=now)
    return row


@workflow
def change_row(
    *,
    row: Row,
    facts: RowFacts,
    by: User | None,
    now: datetime,
    by_label: str = "",
    source_key: str = "",
    seen: str | None = None,
) -> Row:
    """Write other facts over a row's. Saving the same again is quiet.

    `seen` is the fingerprint (`fingerprint_of`) of what stood there when the page was opened: ChangedMeanwhileError
    where another window saved since. A contributor gives their return's `source_key` and changes only its rows.
    """
    who = permissions.check_write(by, by_label, source_key, row.referral, on=local_day(now))
    timeline = lock(row.referral)
    row = Row.objects.select_related("referral", "agency").get(pk=row.pk)
    permissions.check_change(row, source_key)
    facts = checked(facts, row.referral, today=local_day(now))
    if not is_new(comparable(facts_of(row)), comparable(facts), seen):
        return row
    changed = write_facts(row, facts)
    row.changed_by, row.changed_label, row.changed_at = by, who, now
    row.save(update_fields=[*changed, "changed_by", "changed_label", "changed_at"])
    write_children(row, facts)
    note("row_changed", by=by, who=who, referral=row.referral, obj=row)
    if row.released_at is not None:
        refresh(timeline, [row.pk], now=now)
    return row


def comparable(facts: RowFacts) -> Facts:
    """The facts as `referrals.workflow.base.fingerprint` compares them."""
    return facts.plain | {"children": [child.pk for child in facts.children]}


@workflow
def withdraw_row(
    *, row: Row, reason: str, by: User | None, now: datetime, by_label: str = "", source_key: str = ""
) -> Row:
    """Take a row out of the chronology; it stays in the history with the reason. Withdrawn already: quiet.

    The Panel may withdraw any row; a contributor only those of their own unfinished return.
    """
    who = permissions.check_write(by, by_label, source_key, row.referral, on=local_day(now))
    timeline = lock(row.referral)
    row = Row.objects.select_related("referral", "agency").get(pk=row.pk)
    if row.withdrawn_at is not None:
        return row
    if source_key:
        permissions.check_change(row, source_key)
    elif row.released_at is None:
        raise WorkflowError("This row is still in an agency’s unfinished return.")
    row.withdrawn_by, row.withdrawn_label, row.withdrawn_at = by, who, now
    row.withdrawn_reason = words(reason, "Say why the row is withdrawn.")
    row.save(update_fields=["withdrawn_by", "withdrawn_label", "withdrawn_at", "withdrawn_reason"])
    note("row_withdrawn", by=by, who=who, referral=row.referral, obj=row)
    refresh(timeline, [row.pk], now=now)
    return row


@workflow
def release_rows(
    *,
    referral: Referral,
    source_key: str,
    by: User | None,
    now: datetime,
    by_label: str = "",
    supersedes: str = "",
) -> int:
    """Put the rows of a return, now submitted, into the merged chronology; returns how many.

    `supersedes` is the source of the version before: its rows are withdrawn in the same step, unless the new version
    only adds (then leave it out). Released already: quiet, 0.
    """
    who = permissions.check_write(by, by_label, source_key, referral, on=local_day(now))
    timeline = lock(referral)
    waiting = Row.objects.filter(referral=referral, released_at__isnull=True).of_source(source_key)
    pks = list(waiting.values_list("pk", flat=True))
    waiting.update(released_at=now)
    old: list[int] = []
    if supersedes and supersedes != source_key:
        before = Row.objects.filter(referral=referral).of_source(supersedes)
        old = list(before.values_list("pk", flat=True))
        before.update(
            withdrawn_by=by, withdrawn_label=who, withdrawn_at=now, withdrawn_reason="A newer version was sent."
        )
    if pks or old:
        note("rows_released", by=by, who=who, referral=referral, obj=referral, count=len(pks), replaced=len(old))
        refresh(timeline, [*pks, *old], now=now)
    return len(pks)


@workflow
def copy_rows(
    *, referral: Referral, from_source: str, to_source: str, by: User | None, now: datetime, by_label: str = ""
) -> int:
    """Begin a new version of a return with the rows of the one before, unreleased; returns how many.

    Where the new version has rows already it is left as it is (a double click).
    """
    who = permissions.check_write(by, by_label, to_source, referral, on=local_day(now))
    lock(referral)
    if Row.objects.filter(referral=referral).of_source(to_source).exists():
        return 0
    rows = Row.objects.filter(referral=referral).of_source(from_source).select_related("agency").in_order()
    copied = [(row, facts_of(row)) for row in rows]
    for row, facts in copied:
        new = Row(referral=referral, agency=row.agency, source_key=to_source)
        new.created_by, new.created_label, new.created_at = by, who, now
        write_facts(new, facts)
        new.save()
        write_children(new, facts)
    note("rows_copied", by=by, who=who, referral=referral, obj=referral, count=len(copied))
    return len(copied)
