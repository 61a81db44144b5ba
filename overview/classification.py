"""How sensitive each field of this app is."""

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
    "HomeLook": {
        "id": DataClass.NONE,
        "person": DataClass.PERSONAL,
        "last_at": DataClass.PERSONAL,
        "before_at": DataClass.PERSONAL,
    },
    "SearchSubject": {
        "id": DataClass.NONE,
        "key": DataClass.NONE,
        "reference": DataClass.NONE,
        "indexed_at": DataClass.NONE,
        "entries": DataClass.NONE,
    },
    "SearchEntry": {
        "id": DataClass.NONE,
        "subject": DataClass.NONE,
        "kind": DataClass.NONE,
        "object_id": DataClass.NONE,
        "referral": DataClass.PERSONAL,
        "reference": DataClass.NONE,
        "title": DataClass.PERSONAL,
        "url": DataClass.NONE,
        "on": DataClass.PERSONAL,
        "named": DataClass.SPECIAL_CATEGORY,
        "plain": DataClass.SPECIAL_CATEGORY,
        "named_words": DataClass.SPECIAL_CATEGORY,
        "plain_words": DataClass.SPECIAL_CATEGORY,
        "digest": DataClass.PERSONAL,
    },
    "DocumentText": {
        "id": DataClass.NONE,
        "document": DataClass.PERSONAL,
        "reference": DataClass.NONE,
        "text": DataClass.SPECIAL_CATEGORY,
        "is_cut": DataClass.NONE,
        "problem": DataClass.NONE,
        "tries": DataClass.NONE,
        "tried_at": DataClass.NONE,
        "read_at": DataClass.NONE,
    },
}
