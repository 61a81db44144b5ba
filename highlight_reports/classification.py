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
        "content": SPECIAL,
        "sha256": NONE,
        "size": NONE,
        "pages": NONE,
        "rendered_at": NONE,
    },
}
