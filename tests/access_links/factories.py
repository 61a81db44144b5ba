"""A purpose of the tests' own, links for it, and the codes as the mails carry them."""

import re
from datetime import timedelta

from access_links import purposes, workflow
from access_links.purposes import Purpose
from notifications.models import Message

PURPOSE = "test-purpose"
ADDRESS = "kit.invented@agency.example"


def register(opened=None) -> Purpose:
    purpose = Purpose(
        code=PURPOSE,
        title="Answer a question",
        home=lambda token: f"/accessibility/?{token}",
        **({"opened": opened} if opened else {}),
    )
    purposes.register(purpose)
    return purpose


def make_link(now, *, subject="thing:1", address=ADDRESS, days=10):
    return workflow.issue(
        purpose=PURPOSE,
        subject=subject,
        address=address,
        reference="CSPR-2026-001",
        expires_at=now + timedelta(days=days),
        now=now,
    )


def newest_code(address: str = ADDRESS) -> str:
    """The six digits of the newest mail to `address`."""
    text = Message.objects.filter(kind="access-code", address=address).order_by("-pk")[0].text
    return re.search(r"\b(\d{6})\b", text)[1]


def another(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 10**6:06}"
