"""How sensitive each field of the ledger of morning mails and of the calendars is."""

from core.classification import DataClass

FIELDS: dict[str, dict[str, DataClass]] = {
    "Digest": {
        "id": DataClass.NONE,
        "person": DataClass.PERSONAL,
        "day": DataClass.NONE,
        "is_weekly": DataClass.NONE,
        "items": DataClass.NONE,
        "message": DataClass.PERSONAL,
        "made_at": DataClass.NONE,
    },
    "CalendarFeed": {
        "id": DataClass.NONE,
        "person": DataClass.PERSONAL,
        "token_hash": DataClass.NONE,
        "made_at": DataClass.NONE,
        "fetched_at": DataClass.NONE,
        "revoked_at": DataClass.NONE,
    },
}
