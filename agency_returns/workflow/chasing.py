"""Reminding agencies: one digest a person, once a step, however often and by however many processes it is called."""

from datetime import datetime

from django.db import connection

from agency_returns import emails, links
from agency_returns.chasing import Digest, ledger, plan
from agency_returns.choices import ChaseState
from agency_returns.models import Chase
from core.guard import workflow
from deadlines.quiet import is_open
from notifications.workflow import queue

LOCK = 0x72657475726E73  # "returns": two runs at once take turns


@workflow
def chase(*, now: datetime) -> list[Digest]:
    """Send the digests that are due, in the hours in which mail may go; in the quiet ones nothing is sent or noted."""
    if not is_open(now):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    digests = plan(now)
    for digest in digests:
        _send(digest, now)
    return digests


def _send(digest: Digest, now: datetime) -> None:
    rows: list[Chase] = ledger(digest, sent=ChaseState.SENT, superseded=ChaseState.SUPERSEDED, now=now)
    Chase.objects.bulk_create(rows)
    key = f"{emails.CHASE}:{rows[0].pk}"
    if digest.user is None:
        for line in digest.lines:
            line.url = links.for_request(line.request, by=None, now=now)
        queue(emails.chase_letter(digest.lines, to_manager=False), key=key, address=digest.address)
    else:
        queue(emails.chase_letter(digest.lines, to_manager=True), key=key, to=digest.user)
