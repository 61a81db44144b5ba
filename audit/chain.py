"""The arithmetic of the hash chain. Pure: no database, no clock."""

import json
from collections.abc import Mapping
from hashlib import sha256

ORIGIN = "0" * 64  # what the first link has for its previous digest


def canonical(value: Mapping[str, str | int | None]) -> bytes:
    """JSON in one spelling only: keys in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def row_digest(row: Mapping[str, str | None]) -> str:
    """SHA-256, in hex, of a row: column → its text as PostgreSQL writes it, None for NULL."""
    return sha256(canonical(row)).hexdigest()


def link_digest(
    *,
    position: int,
    table: str,
    row_id: int,
    shape_id: int,
    object_id: str,
    reference: str,
    row_digest: str,
    previous: str,
) -> str:
    """SHA-256, in hex, of one link."""
    return sha256(
        canonical(
            {
                "position": position,
                "table": table,
                "row_id": row_id,
                "shape": shape_id,
                "object_id": object_id,
                "reference": reference,
                "row": row_digest,
                "previous": previous,
            }
        )
    ).hexdigest()
