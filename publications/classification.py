"""How sensitive each field of publications is: see core/classification.py.

What is published is anonymised, but until it is checked its text may hold anything that the case is about.
"""

from core.classification import DataClass
from publications.disclosure.classification import FIELDS as DISCLOSURE

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL
SPECIAL, CRIMINAL = DataClass.SPECIAL_CATEGORY, DataClass.CRIMINAL

FIELDS = {
    "Publication": {
        "id": NONE,
        "practice_review": PERSONAL,
        "status": NONE,
        "planned_on": NONE,
        "planned_by": NONE,
        "planned_at": NONE,
        "round": NONE,
        "title": SPECIAL,
        "slug": SPECIAL,
        "web_text": CRIMINAL,
        "report": CRIMINAL,
        "external_address": PERSONAL,
        "copy_clock": NONE,
        "available_clock": NONE,
        "published_on": NONE,
        "published_by": NONE,
        "published_at": NONE,
        "published_fingerprint": NONE,
        "taken_down_on": NONE,
        "taken_down_by": NONE,
        "taken_down_reason": CRIMINAL,
    },
    "StepTemplate": dict.fromkeys(
        ("id", "kind", "title", "who", "days", "rule_code", "only_lcspr", "source", "position", "is_active"), NONE
    ),
    "DayTemplate": dict.fromkeys(("id", "at", "what", "who", "is_active"), NONE),
    "PublicPage": dict.fromkeys(("id", "is_on", "intro"), NONE) | {"contact": PERSONAL},
    "PlanStep": dict.fromkeys(
        (
            "id",
            "publication",
            "kind",
            "days",
            "rule_code",
            "source",
            "position",
            "due_on",
            "done_on",
            "done_by",
            "done_at",
        ),
        NONE,
    )
    | {"title": PERSONAL, "who": PERSONAL, "note": SPECIAL, "not_needed_reason": SPECIAL},
    "PublicationMove": dict.fromkeys(("id", "publication", "cause", "from_on", "to_on", "by", "at"), NONE)
    | {"reason": SPECIAL},
    "DayItem": dict.fromkeys(("id", "publication", "at", "ticked_by", "ticked_at"), NONE)
    | {"what": PERSONAL, "who": PERSONAL, "phone": PERSONAL},
    "MediaStrategy": dict.fromkeys(("id", "publication", "number", "made_by", "made_at"), NONE)
    | {
        "spokesperson": PERSONAL,
        "spokesperson_phone": PERSONAL,
        "holding_statement": CRIMINAL,
        "lines_to_take": CRIMINAL,
        "questions": CRIMINAL,
        "leads": PERSONAL,
        "embargo": PERSONAL,
        "staff_support": PERSONAL,
    },
    "PartnerAgreement": dict.fromkeys(
        ("id", "publication", "subject", "partner", "fingerprint", "agreed_on", "recorded_by", "recorded_at"), NONE
    )
    | {"name": PERSONAL},
    "Withholding": dict.fromkeys(
        ("id", "publication", "decided_by", "decided_on", "panel_told_on", "secretary_told_on", "ended_on"), NONE
    )
    | {"justification": CRIMINAL, "improvements": SPECIAL},
    "AuthorityComment": dict.fromkeys(
        ("id", "publication", "authority", "received_on", "recorded_by", "recorded_at"), NONE
    )
    | {"text": CRIMINAL, "response": CRIMINAL},
    "WatchedAddress": dict.fromkeys(
        ("id", "publication", "place", "address", "wanted_at", "checked_at", "answer", "failures", "broken_since"), NONE
    ),
}
FIELDS |= DISCLOSURE
