"""The one mail of this app: a code. It names no case in its subject and no person anywhere."""

from django.template.loader import render_to_string

from core.letters import Letter

CODE = "access-code"
CATALOGUE = [
    {
        "kind": CODE,
        "title": "Code for a link or a public form",
        "who": "The known work address to which the link was sent, or that somebody typed into a public form",
        "when": "At once, when the person asks for it; at most five in an hour",
        "secret": True,
    }
]
SENTENCES = {
    "access_link.issued": "{actor} sent a link to {address}.",
    "access_link.revoked": "{actor} withdrew the link that was sent to {address}.",
    "access_link.closed": "{actor} ended the links that were sent to {address}.",
    "access_link.opened": "The link sent to {address} was opened with a code.",
    "access_link.code_sent": "A code was sent to {address}.",
    "access_link.code_refused": "A wrong code was typed for {address}.",
}


def code(*, code: str, reference: str, minutes: int) -> Letter:
    return Letter(
        kind=CODE,
        subject="Your code for the CSPR Panel service",
        text=render_to_string("emails/access_links/code.txt", {"code": code, "minutes": minutes}),
        reference=reference,
    )
