"""Reminding agencies of drafts: one digest a person, once a step, however often and by however many it is called."""

from datetime import datetime

from django.db import connection

from agency_returns.choices import ChaseState
from core.guard import workflow
from deadlines.quiet import is_open
from notifications.workflow import queue
from practice_reviews.draft_chasing import Digest, plan
from practice_reviews.emails import drafts as emails
from practice_reviews.links import drafts as links
from practice_reviews.models import FactCheckTold

LOCK = 0x647261667473  # "drafts": two runs at once take turns


@workflow
def chase_drafts(*, now: datetime) -> list[Digest]:
    """Send the digests that are due, in the hours in which mail may go; in the quiet ones nothing is sent or noted."""
    if not is_open(now):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    digests = plan(now)
    for digest in digests:
        _send(digest, now)
    return digests


def _ledger(digest: Digest, now: datetime) -> list[FactCheckTold]:
    rows = []
    for line in digest.lines:
        about = {"check_row": line.check, "address": digest.address, "recorded_at": now}
        rows.append(FactCheckTold(step=line.step, occurs_on=line.occurs_on, state=ChaseState.SENT, **about))
        rows += [
            FactCheckTold(step=step, occurs_on=day, state=ChaseState.SUPERSEDED, **about) for step, day in line.outrun
        ]
    return rows


def _send(digest: Digest, now: datetime) -> None:
    rows = FactCheckTold.objects.bulk_create(_ledger(digest, now))
    key = f"{emails.CHASE}:{rows[0].pk}"
    if digest.user is None:
        for line in digest.lines:
            line.url = links.issue(line.check, by=None, now=now)
        queue(emails.chase_letter(digest.lines, to_manager=False), key=key, address=digest.address)
    else:
        queue(emails.chase_letter(digest.lines, to_manager=True), key=key, to=digest.user)
