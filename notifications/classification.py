"""How sensitive each field of the outbox is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS = {
    # A highlight report is pseudonymised, but a case known to the neighbourhood may still be recognised in it.
    "Attachment": {
        "id": NONE,
        "filename": NONE,
        "content_type": NONE,
        "content": DataClass.SPECIAL_CATEGORY,
        "sha256": NONE,
    },
    "Message": {
        "id": NONE,
        "key": NONE,
        "kind": NONE,
        "reference": NONE,
        "recipient": PERSONAL,
        "address": PERSONAL,
        "subject": PERSONAL,
        "text": PERSONAL,
        "html": PERSONAL,
        "message_id": NONE,
        "attachments": NONE,
        "created_at": NONE,
        "state": NONE,
        "not_before": NONE,
        "woken_at": NONE,
        "attempts": NONE,
        "last_attempt": NONE,
        "claimed_at": NONE,
        "sent_at": NONE,
        "last_error": PERSONAL,  # mail servers repeat the address
        "uncertain": NONE,
        "uncertain_at": NONE,
        "requested_by": PERSONAL,
        "checked_at": NONE,
        "checked_by": PERSONAL,
    },
    "DistributionList": {"id": NONE, "name": NONE, "purpose": NONE},
    "DistributionListEntry": {
        "id": NONE,
        "distribution_list": NONE,
        "name": PERSONAL,
        "address": PERSONAL,
        "user": PERSONAL,
    },
}
