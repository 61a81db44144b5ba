"""For tests that need an audit trail with something in it, or somebody who forges it."""

from datetime import UTC, datetime

from django.db import connection

from audit.workflow import record, seal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def forge(sql: str, *params: object) -> int:
    """Run SQL as somebody with the database in hand does: with every trigger disabled. Returns the rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        touched: int = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
    return touched


def sealed_trail(cast) -> None:
    """Three events of one case and the history of the cast, sealed in two runs."""
    record("referral.recorded", by=cast.business_manager, reference="CSPR-2026-014", text="Notified.")
    seal(now=NOW)
    record("referral.screened", by=cast.chair, reference="CSPR-2026-014", text="Accepted.", outcome="accepted")
    record("referral.assigned", by=None, reference="CSPR-2026-015")
    seal(now=NOW)
