"""The life of a mail."""

from django.db.models import TextChoices

from core.states import StateTable, row


class State(TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Mover(TextChoices):
    """Who moves a mail on. PERSON is whoever may see the outbox in the admin site."""

    SYSTEM = "system", "move mails by itself"
    PERSON = "notifications.view_message", "act on the mails of this system"


TABLE = StateTable(
    "mail",
    State,
    [
        row("claim", State.QUEUED, State.SENDING, Mover.SYSTEM),
        row("mark_sent", State.SENDING, State.SENT, Mover.SYSTEM),
        row("try_later", State.SENDING, State.QUEUED, Mover.SYSTEM),
        row("give_up", State.SENDING, State.FAILED, Mover.SYSTEM),
        row("recover", State.SENDING, State.QUEUED, Mover.SYSTEM),  # the sender died: uncertain
        row("cancel", State.QUEUED, State.CANCELLED, Mover.PERSON),
        row("send_again", [State.FAILED, State.CANCELLED], State.QUEUED, Mover.PERSON),
    ],
    owners={
        State.QUEUED: "the outbox",
        State.SENDING: "the outbox",
        State.SENT: "nobody",
        State.FAILED: "the business manager: correct the address or tell the person another way",
        State.CANCELLED: "nobody",
    },
)
