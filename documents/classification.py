"""How sensitive each field of a document is. The bytes in storage are the strictest class of all."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL
SPECIAL, CRIMINAL = DataClass.SPECIAL_CATEGORY, DataClass.CRIMINAL

FIELDS: dict[str, dict[str, DataClass]] = {
    "DocumentKind": {"id": NONE, "code": NONE, "name": NONE, "position": NONE, "is_active": NONE},
    "DocumentNumber": {"id": NONE, "reference": PERSONAL, "last": NONE},
    "Document": {
        "id": NONE,
        "key": NONE,
        "owner_key": PERSONAL,
        "reference": PERSONAL,  # a pseudonym of the case
        "number": NONE,
        "kind": NONE,
        "marking": NONE,
        "description": CRIMINAL,
        "supersedes": NONE,
        "version": NONE,
        "original_name": SPECIAL,  # "Kit Invented, post mortem.pdf"
        "extension": NONE,
        "content_type": NONE,
        "size": NONE,
        "sha256_original": NONE,
        "sha256_stored": NONE,
        "stripped": NONE,
        "not_stripped": NONE,
        "status": NONE,
        "scan": NONE,
        "scanned_at": NONE,
        "scan_finding": NONE,
        "uploaded_by": PERSONAL,
        "uploaded_label": PERSONAL,
        "uploaded_at": NONE,
        "withdrawn_by": PERSONAL,
        "withdrawn_at": NONE,
        "withdrawn_reason": CRIMINAL,
        "held_by": PERSONAL,
        "held_at": NONE,
        "held_reason": CRIMINAL,
        "disposed_by": PERSONAL,
        "disposed_at": NONE,
        "disposed_reason": CRIMINAL,
    },
}
