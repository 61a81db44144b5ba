"""Building the chain: rows that have no link yet get one."""

from datetime import datetime

from django.db import connection

from audit import chain
from audit.models import Link, Seal, Shape
from audit.tables import Row, Sealed, pinned, sealed_tables, unsealed
from core.errors import WorkflowError

BATCH = 2000  # rows held in memory at once
LOCK = 0x43535052  # the advisory lock of the sealing job: "CSPR"


class SealBrokenError(WorkflowError):
    """The chain does not end where the last seal says: to go on would cover the traces."""


def seal(now: datetime) -> int:
    """Link every row that has no link, in one transaction; returns how many. 0 where another job is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    position, digest = _end_of_chain()
    first = position + 1
    with pinned():
        for sealed in sealed_tables().values():
            position, digest = _seal_table(sealed, position, digest)
    if position >= first:
        Seal.objects.create(at=now, first_position=first, last_position=position, digest=digest)
    return position - first + 1


def _end_of_chain() -> tuple[int, str]:
    link, last_seal = Link.objects.order_by("-position").first(), Seal.objects.order_by("-pk").first()
    expected = (last_seal.last_position, last_seal.digest) if last_seal else (0, chain.ORIGIN)
    found = (link.position, link.digest) if link else (0, chain.ORIGIN)
    if expected != found:
        raise SealBrokenError(
            f"The chain ends at link {found[0]}, but the last seal reached link {expected[0]}. "
            "Run `manage.py audit_verify`; nothing is sealed until this is explained."
        )
    return found


def _seal_table(sealed: Sealed, position: int, digest: str) -> tuple[int, str]:
    shape: Shape | None = None
    after = -1
    while batch := unsealed(sealed, after=after, limit=BATCH):
        after = batch[-1][0]
        shape = shape or Shape.objects.get_or_create(table=sealed.table, columns=sealed.columns)[0]
        links = []
        for row_id, row in batch:
            link = _link(sealed, shape, position + 1, digest, row_id, row)
            links.append(link)
            position, digest = link.position, link.digest
        Link.objects.bulk_create(links)
    return position, digest


def _link(sealed: Sealed, shape: Shape, position: int, previous: str, row_id: int, row: Row) -> Link:
    link = Link(
        position=position,
        table=sealed.table,
        row_id=row_id,
        shape=shape,
        object_id=(row[sealed.object_column] or "") if sealed.object_column else "",
        reference=(row[sealed.reference_column] or "") if sealed.reference_column else "",
        row_digest=chain.row_digest(row),
        previous=previous,
    )
    link.digest = digest_of(link)
    return link


def digest_of(link: Link) -> str:
    """What the digest of `link` must be, given all else in it."""
    return chain.link_digest(
        position=link.position,
        table=link.table,
        row_id=link.row_id,
        shape_id=link.shape_id,
        object_id=link.object_id,
        reference=link.reference,
        row_digest=link.row_digest,
        previous=link.previous,
    )
