"""By what a finding is known again when findings are made anew: a hash over what it rests on, and nothing else.

A pair rests on what both rows say, whoever sent them and in whichever version; a gap on its first and last day. So a
dismissal holds when an agency sends the same rows again, and no longer when one of them changes.
"""

import hashlib
from datetime import date
from typing import Any, NamedTuple

SEPARATOR = "\x1f"


class Found(NamedTuple):
    """A finding before it is a row: the columns of `Finding`, by primary keys."""

    kind: str
    child: int | None
    agency: int | None
    row: int
    other: int | None
    from_on: date
    until_on: date
    days: int
    why: str
    identity: str


def digest(*parts: Any) -> str:
    return hashlib.sha256(SEPARATOR.join(map(str, parts)).encode()).hexdigest()
