"""How sensitive each field of the disclosure check is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL
SPECIAL, CRIMINAL = DataClass.SPECIAL_CATEGORY, DataClass.CRIMINAL

FIELDS: dict[str, dict[str, DataClass]] = {
    "DisclosureCheck": {
        "id": NONE,
        "publication": PERSONAL,
        "number": NONE,
        "status": NONE,
        "document": PERSONAL,
        "file_sha256": NONE,
        "web_text": CRIMINAL,  # before it is mended
        "web_sha256": NONE,
        "as_given": PERSONAL,
        "known_sha256": NONE,
        "asked_by": PERSONAL,
        "asked_at": NONE,
        "attempts": NONE,
        "started_at": NONE,
        "ended_at": NONE,
        "refusal": NONE,
        "pages": NONE,
        "words": NONE,
        "notes": NONE,
    },
    "DisclosureFinding": {
        "id": NONE,
        "check_of": PERSONAL,
        "fingerprint": PERSONAL,
        "kind": PERSONAL,
        "where": NONE,
        "label": PERSONAL,  # neutral, of a case
        "matches": SPECIAL,
        "found": SPECIAL,
        "before": CRIMINAL,
        "after": CRIMINAL,
        "pages": NONE,
        "paragraphs": NONE,
        "times": NONE,
        "status": NONE,
        "carried_from": NONE,
        "reason": SPECIAL,
        "proposed_by": PERSONAL,
        "proposed_at": NONE,
        "accepted_by": PERSONAL,
        "accepted_at": NONE,
        "refused_reason": SPECIAL,
        "mended_in": NONE,
    },
    "ShortForm": {"id": NONE, "name": NONE, "short": NONE},
    "OrdinaryWord": {"id": NONE, "word": NONE},
}
