"""How sensitive each field of commissioned reviews is: see core/classification.py."""

from core.classification import DataClass
from practice_reviews import classification_beside

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS = classification_beside.FIELDS | {
    "PracticeReview": {
        "id": NONE,
        "reference": NONE,
        "kind": PERSONAL,
        "status": PERSONAL,
        "title": PERSONAL,
        "referral": PERSONAL,
        "decided_on": PERSONAL,
        "commissioned_by": NONE,
        "commissioned_at": NONE,
        "signed_off_on": NONE,
    },
}
