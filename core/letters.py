"""What a letter is, for the apps that write them and the outbox that sends them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class File:
    """An attachment: its name, media type and bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A rendered, nameless mail. `kind` is a code of the mail catalogue, `reference` the case's neutral one."""

    kind: str
    subject: str
    text: str
    html: str = ""
    reference: str = ""
    files: Sequence[File] = field(default_factory=tuple)
