"""Links and codes: issue, revoke, close; send a code, check a code.

Reading a link spends nothing: mail scanners fetch it before the person does. A right code lets in the one browser in
which it was typed; the next browser needs its own.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from access_links import emails, outlets, purposes
from access_links.models import AccessCode, AccessLink
from core.errors import WorkflowError
from core.guard import workflow

CODE_LIFETIME = timedelta(minutes=10)
TRIES = 5
CODES = 5  # in WINDOW, for one address and subject
WINDOW = timedelta(hours=1)
DIGITS = 6

ENOUGH = "You have asked for several codes in the last hour. Use the newest one, or wait an hour and ask again."
WRONG = "That code is not right. Check the newest mail and type its six digits."
SPENT = "That code cannot be used any more. Ask for a new one."


@dataclass(frozen=True)
class Answer:
    """Yes or no, and where it is no the sentence for the page."""

    yes: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.yes


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(purpose: str, subject: str, address: str, code: str) -> str:
    """Keyed by the installation's secret: six digits alone would be found by trying."""
    return salted_hmac(f"access-code:{purpose}:{subject}:{address}", code, algorithm="sha256").hexdigest()


def _code(text: str) -> str:
    """What was typed, without the spaces or dashes that people and mail programs put between digits."""
    return "".join(character for character in text if character.isascii() and character.isdigit())


@workflow
def issue(
    *, purpose: str, subject: str, address: str, reference: str, expires_at: datetime, now: datetime, by: Any = None
) -> tuple[AccessLink, str]:
    """A new link and the token for its address, which is nowhere else: put it into the mail and forget it.

    Earlier links for the same subject go on working, so that every mail's link works until `revoke` or `close_all`.
    """
    if expires_at <= now:
        raise WorkflowError("A link cannot end before it begins. Choose a later day.")
    token = secrets.token_urlsafe(32)
    link: AccessLink = AccessLink.objects.create(
        purpose=purpose,
        subject=subject,
        reference=reference,
        address=address.strip().lower(),
        token_hash=token_hash(token),
        issued_at=now,
        expires_at=expires_at,
    )
    outlets.note("access_link.issued", by=by, obj=link, reference=reference, address=link.address)
    return link, token


@workflow
def revoke(*, link: AccessLink, by: Any, now: datetime) -> AccessLink:
    """End one link at a person's wish, at once, also for browsers that are in. Done already: quiet."""
    row: AccessLink = AccessLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now, str(by)
        row.save(update_fields=["revoked_at", "revoked_by"])
        outlets.note("access_link.revoked", by=by, obj=row, reference=row.reference, address=row.address)
    return row


@workflow
def close_all(*, subject: str, now: datetime, by: Any = None) -> int:
    """End every link about `subject`, since there is nothing more to answer; returns how many were open."""
    rows = list(AccessLink.objects.select_for_update().about(subject).filter(closed_at__isnull=True))
    for row in rows:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
    for address in sorted({row.address for row in rows}):
        outlets.note("access_link.closed", by=by, obj=rows[0], reference=rows[0].reference, address=address)
    return len(rows)


def find(token: str, *, now: datetime) -> AccessLink | None:
    """The usable link of a token. One question to the database, whatever is wrong with it."""
    link: AccessLink | None = AccessLink.objects.filter(token_hash=token_hash(token)).first()
    if link is None or not link.is_usable(now):
        return None
    purpose = purposes.find(link.purpose)
    return link if purpose is not None and purpose.wanted(link) else None


def usable_for(subjects: Iterable[str], *, now: datetime) -> dict[str, list[AccessLink]]:
    """The usable links of many subjects, newest first, in one query."""
    found: dict[str, list[AccessLink]] = {}
    for link in AccessLink.objects.usable(now).filter(subject__in=list(subjects)):
        found.setdefault(link.subject, []).append(link)
    return found


def _one_at_a_time(purpose: str, subject: str, address: str) -> None:
    """Serialise what happens to one address: two clicks at once neither pass the limit nor share a try."""
    key = hashlib.sha256(f"{purpose}|{subject}|{address}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key, "big", signed=True)])


@workflow
def send_code(*, purpose: str, address: str, reference: str, now: datetime, subject: str = "") -> Answer:
    """Mail a new code to `address`; earlier ones end. Too many in an hour: no mail, and the sentence that says so."""
    address = address.strip().lower()
    _one_at_a_time(purpose, subject, address)
    earlier = AccessCode.objects.filter(purpose=purpose, subject=subject, address=address)
    if earlier.filter(sent_at__gt=now - WINDOW).count() >= CODES:
        return Answer(False, ENOUGH)
    earlier.filter(spent_at__isnull=True).update(spent_at=now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row: AccessCode = AccessCode.objects.create(
        purpose=purpose,
        subject=subject,
        reference=reference,
        address=address,
        code_hash=_code_hash(purpose, subject, address, code),
        sent_at=now,
        expires_at=now + CODE_LIFETIME,
    )
    letter = emails.code(code=code, reference=reference, minutes=int(CODE_LIFETIME.total_seconds() // 60))
    outlets.mail(letter, key=f"access-code:{row.pk}", address=address)
    outlets.note("access_link.code_sent", by=None, obj=row, reference=reference, address=address)
    return Answer(True)


@workflow
def check_code(
    *, purpose: str, address: str, code: str, now: datetime, subject: str = "", reference: str = ""
) -> Answer:
    """Whether `code` is the newest one sent to `address`: then it is spent. Five wrong tries spend it too."""
    address = address.strip().lower()
    _one_at_a_time(purpose, subject, address)
    row: AccessCode | None = AccessCode.objects.filter(purpose=purpose, subject=subject, address=address).first()
    if row is None or row.spent_at is not None or row.expires_at <= now or row.tries >= TRIES:
        return Answer(False, SPENT)
    row.tries += 1
    right = constant_time_compare(row.code_hash, _code_hash(purpose, subject, address, _code(code)))
    if right or row.tries >= TRIES:
        row.spent_at = now
    row.save(update_fields=["tries", "spent_at"])
    if right:
        return Answer(True)
    outlets.note("access_link.code_refused", by=None, obj=row, reference=row.reference, address=address)
    return Answer(False, WRONG if row.tries < TRIES else SPENT)


def send_link_code(*, link: AccessLink, now: datetime) -> Answer:
    """A code for the reader of `link`, to the address that it was sent to and to no other."""
    return send_code(
        purpose=link.purpose, subject=link.subject, address=link.address, reference=link.reference, now=now
    )


@workflow
def open_link(*, link: AccessLink, code: str, now: datetime) -> Answer:
    """Check the code of a link's reader; the first right one marks the link opened and tells its purpose."""
    answer = check_code(purpose=link.purpose, subject=link.subject, address=link.address, code=code, now=now)
    if not answer:
        return answer
    row: AccessLink = AccessLink.objects.select_for_update().get(pk=link.pk)
    if not row.is_usable(now):
        return Answer(False, SPENT)
    if row.opened_at is None:
        row.opened_at = now
        row.save(update_fields=["opened_at"])
        outlets.note("access_link.opened", by=None, obj=row, reference=row.reference, address=row.address)
        purpose = purposes.find(row.purpose)
        if purpose is not None:
            purpose.opened(row, now)
    return answer


@workflow
def forget_codes(*, now: datetime) -> int:
    """Delete codes that ended a day ago; returns how many. The audit trail keeps that they were sent."""
    return AccessCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()[0]
