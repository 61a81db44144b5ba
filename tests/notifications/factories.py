"""Mails for tests, through the real outbox."""

from core.letters import Letter
from notifications import catalogue

KIND = "test-letter"


def register_kind() -> None:
    """The kind of mail that only tests send."""
    catalogue.register(kind=KIND, title="A letter of the tests", who="The tests", when="At once")


def letter(subject: str = "CSPR-2026-014: a reminder", **more: object) -> Letter:
    register_kind()
    return Letter(kind=KIND, subject=subject, text="Case CSPR-2026-014 needs you.", **more)
