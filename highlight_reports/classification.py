"""How sensitive each field of a report is. Pseudonymised text about cases is still personal data."""

from core.classification import DataClass

NONE, PERSONAL, SPECIAL = DataClass.NONE, DataClass.PERSONAL, DataClass.SPECIAL_CATEGORY

FIELDS: dict[str, dict[str, DataClass]] = {
    "HighlightReport": {
        "id": NONE,
        "reference": NONE,
        "meeting_on": NONE,
        "period_from": NONE,
        "period_to": NONE,
        "status": NONE,
        "data": SPECIAL,
        "assembled_by": PERSONAL,
        "assembled_at": NONE,
        "submitted_by": PERSONAL,
        "submitted_at": NONE,
        "sent_back_by": PERSONAL,
        "sent_back_at": NONE,
        "sent_back_reason": SPECIAL,  # may speak of a case
        "approved_by": PERSONAL,
        "approved_at": NONE,
        "render_attempts": NONE,
        "render_started_at": NONE,
        "sent_by": PERSONAL,
        "sent_at": NONE,
        "withdrawn_by": PERSONAL,
        "withdrawn_at": NONE,
        "withdrawn_reason": SPECIAL,  # may speak of a case
        "corrects": NONE,
        "edition": NONE,
    },
    "Commentary": {
        "id": NONE,
        "report": NONE,
        "section": NONE,
        "text": SPECIAL,
        "version": NONE,
        "updated_by": PERSONAL,
        "updated_at": NONE,
    },
    "RenderedPdf": {
        "id": NONE,
        "report": NONE,
        "variant": NONE,
        "content": SPECIAL,
        "sha256": NONE,
        "size": NONE,
        "pages": NONE,
        "rendered_at": NONE,
    },
    "Ask": {
        "id": NONE,
        "report": NONE,
        "text": SPECIAL,  # may speak of a case
        "created_by": PERSONAL,
        "created_at": NONE,
    },
    "Asked": {
        "id": NONE,
        "report": NONE,
        "name": PERSONAL,
        "address": PERSONAL,
        "user": PERSONAL,
        "asked_at": NONE,
        "reminded_at": NONE,
    },
    "Answer": {
        "id": NONE,
        "ask": NONE,
        "asked": PERSONAL,
        "answer": PERSONAL,
        "comment": SPECIAL,  # may speak of a case
        "answered_at": NONE,
    },
    "ReportPractice": {"id": NONE, "draft_days": NONE, "remind_days": NONE, "first_period_months": NONE},
    "ExecutiveMeeting": {"id": NONE, "on": NONE, "note": NONE},
}
