"""The papers: asked for everybody at once, made by a worker for each reader, taken, said to be read.

The row is the queue, as with reports (rapid_reviews.workflow.reports): an attempt is counted and committed first, the
file is made under the row's lock.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from core.errors import WorkflowError
from core.guard import workflow
from meetings import emails, permissions
from meetings.choices import PackState
from meetings.models import Pack, PackCase
from meetings.packs.contents import papers_for
from meetings.workflow.base import local_day, note, planned, write
from panel.choices import MeetingStatus
from panel.models import PanelMeeting, User
from referrals.models import ConflictOfInterest

logger = logging.getLogger(__name__)

MAKE_TASK = "meetings.tasks.make_pack"
MAX_ATTEMPTS = 5
STUCK_AFTER = timedelta(seconds=180)
NOT_MADE = {"pdf": None, "pdf_sha256": "", "pages": None, "made_at": None, "opened_at": None, "read_at": None}


@workflow
def ask_packs(*, meeting: PanelMeeting, by: User, now: datetime) -> int:
    """Make the papers, as the agenda stands, for everybody invited; returns for how many. An earlier edition goes."""
    permissions.check_plan(by, on=local_day(now))
    meeting = planned(meeting)
    invited = meeting.invitations.standing().select_related("membership__user")
    people = {one.membership.user for one in invited if one.membership.user.is_active}
    if not people:
        raise WorkflowError("Invite the members first: papers are made for those who are invited.")
    for person in people:
        found = Pack.objects.select_for_update().filter(meeting=meeting, person=person).first()
        if found is None:
            found = Pack(meeting=meeting, person=person, asked_by=by, asked_at=now)
            found.save()
        else:
            _again(found, by=by, now=now)
        _wake_on_commit(found.pk)
    note("papers_asked", by=by, obj=meeting, meeting=meeting, count=len(people))
    return len(people)


def _again(pack: Pack, *, by: User, now: datetime) -> None:
    """A waiting one is not a new edition: nobody has had it."""
    pack.cases.all().delete()
    number = pack.number + 1 if pack.state == PackState.READY else pack.number
    about = {"number": number, "asked_by": by, "asked_at": now, "attempts": 0, "started_at": None}
    write(pack, state=PackState.WAITING, **about, **NOT_MADE)


def _wake_on_commit(pk: int) -> None:
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk: int) -> bool:
    """Wake a worker. Where the broker is away, the next sweep does it."""
    try:
        current_app.send_task(MAKE_TASK, args=[pk], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep wakes the worker.", type(error).__name__)
        return False
    return True


def make(*, pk: int, now: datetime) -> None:
    """Make pack `pk` if it waits for that. To be called outside a transaction, as often as you like."""
    if not begin_attempt(pk=pk, now=now):
        return
    try:
        keep(pk=pk, now=now)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text about a case.
        logger.error("The papers %s could not be made: %s.", pk, type(error).__name__)
        give_up(pk=pk)


def _waiting(pk: int) -> Pack | None:
    rows = Pack.objects.select_for_update(skip_locked=True, of=("self",)).select_related("meeting", "person")
    found: Pack | None = rows.filter(pk=pk, state=PackState.WAITING).first()
    return found


@workflow
def begin_attempt(*, pk: int, now: datetime) -> bool:
    """Count the attempt. False where there is nothing to do."""
    pack = _waiting(pk)
    if pack is None:
        return False
    if pack.attempts >= MAX_ATTEMPTS:
        write(pack, state=PackState.FAILED)
        return False
    write(pack, attempts=pack.attempts + 1, started_at=now)
    return True


@workflow
def keep(*, pk: int, now: datetime) -> Pack | None:
    """Make the file with the walls of this moment and keep it; the reader is told. None where another does so."""
    pack = _waiting(pk)
    if pack is None:
        return None
    from meetings.packs import pdf  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only the worker needs

    papers = papers_for(pack.meeting, pack.person, on=local_day(now))
    content = pdf.pdf(papers)
    write(
        pack, state=PackState.READY, pdf=content, pdf_sha256=hashlib.sha256(content).hexdigest(),
        pages=pdf.pages(content), made_at=now,
    )  # fmt: skip
    PackCase.objects.bulk_create([PackCase(pack=pack, referral=case) for case in papers.cases])
    note("papers_made", by=None, obj=pack, meeting=pack.meeting, who=str(pack.person), sha256=pack.pdf_sha256)
    emails.queue_papers(pack, now=now)
    return pack


@workflow
def give_up(*, pk: int) -> None:
    """After the last attempt."""
    pack = _waiting(pk)
    if pack is not None and pack.attempts >= MAX_ATTEMPTS:
        write(pack, state=PackState.FAILED)
        note("papers_failed", by=None, obj=pack, meeting=pack.meeting, who=str(pack.person))


def sweep(*, now: datetime) -> int:
    """Wake workers for what was lost; begin anew what a wall that went up since has closed. How many were woken."""
    for pk in _behind_walls(now):
        make_anew(pk=pk, now=now)
    stuck = Q(started_at__isnull=True) | Q(started_at__lte=now - STUCK_AFTER)
    rows = Pack.objects.filter(state=PackState.WAITING).filter(stuck)
    return sum(wake(pk) for pk in rows.values_list("pk", flat=True))


def _behind_walls(now: datetime) -> set[int]:
    ready = PackCase.objects.filter(pack__state=PackState.READY, pack__meeting__status=MeetingStatus.PLANNED)
    running = ConflictOfInterest.running(local_day(now))
    walls = set(ConflictOfInterest.objects.filter(running).values_list("member", "referral"))
    rows = ready.values_list("pack", "pack__person", "referral")
    return {pack for pack, person, case in rows if (person, case) in walls}


@workflow
def make_anew(*, pk: int, now: datetime) -> None:
    """A pack that holds a case which is closed to its reader by now goes; the next edition is without it."""
    pack = Pack.objects.select_for_update(of=("self",)).filter(pk=pk, state=PackState.READY).first()
    if pack is not None:
        _again(pack, by=pack.asked_by, now=now)


@workflow
def take_pack(*, pack: Pack, by: User, now: datetime) -> bytes:
    """The file for its reader; that it was taken is kept first."""
    row = _own(pack, by, now)
    if row.opened_at is None:
        write(row, opened_at=now)
    note("papers_taken", by=by, obj=row, meeting=row.meeting, number=row.number)
    content: Any = row.pdf
    return bytes(content)


@workflow
def say_read(*, pack: Pack, by: User, now: datetime) -> Pack:
    """The reader says that they have read their papers. Said already: quiet."""
    row = _own(pack, by, now)
    if row.read_at is not None:
        return row
    if row.opened_at is None:
        raise WorkflowError("Open your papers before you say that you have read them.")
    write(row, read_at=now)
    note("papers_read", by=by, obj=row, meeting=row.meeting, number=row.number)
    return row


def _own(pack: Pack, by: User, now: datetime) -> Pack:
    rows = Pack.objects.visible_to(by).filter(state=PackState.READY, pk=pack.pk)
    if not rows.exists():
        raise WorkflowError("Your papers are being made. Come back in a few minutes.")
    found: Pack = Pack.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=pack.pk)
    return found
