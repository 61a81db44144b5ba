"""How sensitive each field beside a commissioned review is: see core/classification.py."""

from core.classification import DataClass

NONE, PERSONAL, CRIMINAL = DataClass.NONE, DataClass.PERSONAL, DataClass.CRIMINAL
SPECIAL = DataClass.SPECIAL_CATEGORY


def _fields(harmless: str, personal: str = "", special: str = "", criminal: str = "") -> dict[str, DataClass]:
    """Names by class, each class as words in one string."""
    classes = {NONE: harmless, PERSONAL: personal, SPECIAL: special, CRIMINAL: criminal}
    return {name: kind for kind, names in classes.items() for name in names.split()}


FIELDS = {
    "FamilyMember": _fields("id key added_by added_at", "review child person name pseudonym status", criminal="reach"),
    "FamilyContact": _fields("id on recorded_by recorded_at", "member kind step how", criminal="text"),
    "PractitionerEvent": _fields(
        "id kind status planned_on held_on added_by added_at",
        "review place",
        criminal="notes learning cancelled_reason",
    ),
    "EventAgency": _fields("id event agency invited attended"),
    "ParallelProceeding": _fields(
        "id next_on ended_on recorded_by recorded_at",
        "review carried_from contact",
        criminal="kind standing effect effect_note status outcome",
    ),
    "Draft": _fields(
        "id number owner_key added_by added_at due_on circulated_by circulated_at closed_by closed_at withdrawn_by"
        " withdrawn_at",
        "review document status",
        criminal="changes withdrawn_reason",
    ),
    "FactCheck": _fields("id draft agency status asked_at answered_at", "lead_name lead_address answered_label"),
    "DraftComment": _fields(
        "id key page paragraph written_at removed_at answered_by answered_at",
        "check_row written_label removed_label answer",
        criminal="says should_say why answer_reason",
    ),
    "FactCheckStep": _fields("id anchor offset every tells_agency tells_manager"),
    "FactCheckTold": _fields("id check_row step occurs_on state recorded_at", "address"),
    "PartnerAgreement": _fields(
        "id draft partner agreed_on recorded_by recorded_at withdrawn_by withdrawn_at",
        "review agreed_by",
        criminal="withdrawn_reason",
    ),
    "SignOff": _fields(
        "id draft signed_by signed_at reopened_by reopened_at", "review", criminal="statement reopened_reason"
    ),
}
