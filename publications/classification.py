"""How sensitive each field of publications is: see core/classification.py."""

from core.classification import DataClass
from publications.disclosure.classification import FIELDS as DISCLOSURE

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS = {
    "Publication": {
        "id": NONE,
        "practice_review": PERSONAL,
        "status": NONE,
        "planned_on": NONE,
        "planned_by": NONE,
        "planned_at": NONE,
    },
}
FIELDS |= DISCLOSURE
