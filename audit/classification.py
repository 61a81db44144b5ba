"""How sensitive each field of the audit trail is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL, SPECIAL = DataClass.NONE, DataClass.PERSONAL, DataClass.SPECIAL_CATEGORY

FIELDS = {
    "Event": {
        "id": NONE,
        "at": NONE,
        "actor": PERSONAL,
        "actor_label": PERSONAL,
        "verb": NONE,
        "object_label": NONE,
        "object_id": NONE,
        "reference": NONE,
        "text": SPECIAL,  # reasons given in a case
        "details": SPECIAL,
    },
    "Shape": {"id": NONE, "table": NONE, "columns": NONE},
    "Link": {
        "position": NONE,
        "table": NONE,
        "row_id": NONE,
        "shape": NONE,
        "object_id": NONE,
        "reference": NONE,
        "row_digest": NONE,
        "previous": NONE,
        "digest": NONE,
    },
    "Seal": {"id": NONE, "at": NONE, "first_position": NONE, "last_position": NONE, "digest": NONE},
}
