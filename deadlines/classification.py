"""What kind of data each field holds. Clocks carry neutral references only, but a reason is free text about a case."""

from core.classification import DataClass

NONE, PERSONAL, SPECIAL = DataClass.NONE, DataClass.PERSONAL, DataClass.SPECIAL_CATEGORY


def _none(*names: str) -> dict[str, DataClass]:
    return dict.fromkeys(names, NONE)


FIELDS: dict[str, dict[str, DataClass]] = {
    "Rule": _none(
        "id", "code", "title", "who", "trigger", "starts_at", "stricter_starts_at", "direction", "unit", "length",
        "earliest", "limit", "warns_clear_days", "milestone_of", "category", "source", "edition", "effective_from",
        "effective_until", "status", "status_note",
    ),
    "LadderStep": _none(
        "id", "rule", "anchor", "offset", "every", "lead", "business_manager", "chair", "executive"
    ),
    "BankHoliday": _none("id", "date", "title", "origin", "reason"),
    "CalendarYear": _none("id", "year", "note"),
    "Clock": _none(
        "id", "rule", "code", "label", "parent", "direction", "unit", "length", "limit", "trigger_on", "due_on",
        "stricter_trigger_on", "stricter_due_on", "stricter_reason", "started_at", "completed_on", "withdrawn_on",
        "explanation",
    )
    | {
        "started_by": PERSONAL, "completed_by": PERSONAL, "withdrawn_by": PERSONAL, "told": PERSONAL,
        "withdrawn_reason": SPECIAL, "late_reason": SPECIAL,
    },
    "ClockRevision": _none(
        "id", "clock", "cause", "old_trigger_on", "new_trigger_on", "old_due_on", "new_due_on", "at", "told_at"
    )
    | {"by": PERSONAL, "reason": SPECIAL},
    "Reminder": _none("id", "clock", "step", "occurs_on", "level", "headline", "state", "recorded_at", "sent_at")
    | {"recipient": PERSONAL},
}  # fmt: skip
