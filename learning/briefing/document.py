"""What a 7-minute briefing says, as a dict: the same for PDF and Word, tested by itself."""

from datetime import date
from typing import Any

from learning.models import SevenMinuteBriefing
from learning.states import BriefingStatus
from learning.workflow.base import by_pseudonym, cases_of
from panel.models import Partnership

CAVEAT = "Cases are told by pseudonym. Do not try to find out who the people are."


def document(briefing: SevenMinuteBriefing, today: date) -> dict[str, Any]:
    """Plain values only; `as_at` in ISO form. Names that came into a case since it was written are left out too."""
    message = briefing.message
    cases = cases_of(message.points.all())
    finished = briefing.status == BriefingStatus.FINISHED
    parts = [
        {"heading": part.heading, "paragraphs": _paragraphs(by_pseudonym(part.text, cases))} for part in briefing.texts
    ]
    return {
        "title": by_pseudonym(briefing.title, cases),
        "key_message": by_pseudonym(message.text, cases),
        "reference": message.reference,
        "marking": briefing.get_marking_display(),
        "is_draft": not finished,
        "partnership": Partnership.current().name,
        "audiences": [audience.name for audience in message.audiences.all()],
        "as_at": (briefing.finished_on if finished and briefing.finished_on else today).isoformat(),
        "parts": parts,
        "caveat": CAVEAT,
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
