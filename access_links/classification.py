"""How sensitive each field of the links is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS = {
    "AccessLink": {
        "id": NONE,
        "purpose": NONE,
        "subject": PERSONAL,
        "reference": PERSONAL,
        "address": PERSONAL,
        "token_hash": PERSONAL,
        "issued_at": NONE,
        "expires_at": NONE,
        "opened_at": PERSONAL,
        "closed_at": NONE,
        "revoked_at": NONE,
        "revoked_by": PERSONAL,
    },
    "AccessCode": {
        "id": NONE,
        "purpose": NONE,
        "subject": PERSONAL,
        "reference": PERSONAL,
        "address": PERSONAL,
        "code_hash": PERSONAL,
        "sent_at": NONE,
        "expires_at": NONE,
        "tries": NONE,
        "spent_at": NONE,
    },
}
