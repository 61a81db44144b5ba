"""The conversation with the mail server, and what its end means for the mail."""

import contextlib
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import Enum
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from notifications.models import Message

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class End(Enum):
    """How a conversation ended."""

    ACCEPTED = "accepted"
    LATER = "later"  # surely not accepted; may be tried again
    UNCERTAIN = "uncertain"  # perhaps accepted; to be tried again with the same Message-ID
    REFUSED = "refused"  # never


@dataclass(frozen=True)
class Outcome:
    end: End
    sentence: str = ""


def message_id(key: str) -> str:
    """The Message-ID of the mail with this key: always the same, so that receivers fold a mail sent twice."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the failed attempt number `attempt` (1, 2, …): 30 s, 1 min, 2 min … at most 1 h."""
    return min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)


def compose(message: Message) -> EmailMultiAlternatives:
    """The mail as it goes out. Raises ValueError or UnicodeError where a header cannot be written."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for file in message.attachments.order_by("pk"):
        mail.attach(file.filename, bytes(file.content), file.content_type)
    mail.message()
    return mail


def send(message: Message) -> Outcome:
    """Hand the mail to the mail server. Never raises for what a server or a network can do."""
    try:
        mail = compose(message)
    except (ValueError, UnicodeError) as error:
        return Outcome(End.REFUSED, f"This mail cannot be written: {error}")
    connection: Any = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(End.LATER, f"The mail server cannot be reached: {_words(error)}")
    try:
        mail.connection = connection
        mail.send()
        return Outcome(End.ACCEPTED)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _answer(code, words, "refused the address")
    except smtplib.SMTPDataError as error:
        return _answer(error.smtp_code, error.smtp_error, "refused the mail")
    except (smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError) as error:
        # The sender or the session was refused: that is the installation's trouble, not the recipient's.
        return Outcome(End.LATER, f"The mail server did not take the mail: {_words(error)}")
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(End.UNCERTAIN, f"The mail server was lost in mid-conversation: {_words(error)}")
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.close()  # a quarrel about QUIT does not take back what was accepted


def _answer(code: int, words: bytes | str, what: str) -> Outcome:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    end = End.REFUSED if 500 <= code <= 599 else End.LATER
    return Outcome(end, f"The mail server {what}: {code} {text}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


def _decoded(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
