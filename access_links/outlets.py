"""Where mails and audit events of this app go. It stands beside the outbox and the audit trail and may not import them.

`cspr.apps` connects them in `ready()`. Not connected is an error, never silence.
"""

from collections.abc import Callable
from typing import Any

Mail = Callable[..., Any]  # notifications.workflow.queue(letter, *, key, address)
Note = Callable[..., Any]  # audit.workflow.record(verb, *, by, obj, reference, **details)

_connected: dict[str, Callable[..., Any]] = {}


def connect(*, mail: Mail, note: Note) -> None:
    _connected.update(mail=mail, note=note)


def mail(*args: Any, **kwargs: Any) -> None:
    _connected["mail"](*args, **kwargs)


def note(*args: Any, **kwargs: Any) -> None:
    _connected["note"](*args, **kwargs)
