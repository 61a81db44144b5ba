from django.db.models import TextChoices


class Marking(TextChoices):
    """Protective marking (Government Security Classifications Policy)."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"


class Scan(TextChoices):
    """What the virus scan said."""

    NOT_SCANNED = "not_scanned", "Not scanned: no virus scanner is set up"
    WAITING = "waiting", "Waiting for the virus scan"
    CLEAN = "clean", "Scanned: nothing found"
    INFECTED = "infected", "Scanned: something harmful was found"


class Right(TextChoices):
    """What a person may do with the documents of an owner; the owner says who holds it (documents/owners.py)."""

    READ = "documents.read", "read documents"
    ADD = "documents.add", "add documents"
    WITHDRAW = "documents.withdraw", "withdraw documents"
    DISPOSE = "documents.dispose", "dispose of documents or put them on legal hold"
