"""The report as a plain dict of JSON values, from which the PDF and the Word file are made.

{"reference": "CSPR-2026-014", "title": str, "partnership": str, "abbreviation": str, "naming": "pseudonymised",
 "naming_label": str, "is_draft": bool, "as_at": "2026-11-23", "notes": [str],
 "chapters": [{"code": str, "title": str, "blocks": [{"type": "heading", "text": str}
                                           | {"type": "prose", "paragraphs": [str]}
                                           | {"type": "facts", "caption": str, "rows": [[label, value]]}
                                           | {"type": "table", "caption", "columns": [str], "rows": [[str]]}]}]}
"""

import hashlib
import json
from datetime import date
from typing import Any

from chronology.names import STILL, People
from deadlines.calendar import current
from panel.models import Partnership
from rapid_reviews.choices import Naming
from rapid_reviews.contents import Contents
from rapid_reviews.report.blocks import Source
from rapid_reviews.report.chapters import CHAPTERS

MARKING = "OFFICIAL-SENSITIVE"
READ_FIRST = f"{STILL} Read every page before it goes out."
DRAFT = "Draft: this is not agreed and must not be sent."
NAMES = "This version names the children and their family."
PSEUDONYMS = "People are shown by pseudonym or role; names recorded in the case were replaced in free text too."


def assemble(contents: Contents, *, naming: Naming, is_draft: bool, as_at: date) -> dict[str, Any]:
    """The whole report as it stands. `naming` FULL only for those who may see names: the caller has checked."""
    review = contents.review
    people = People(review.referral, with_names=naming == Naming.FULL)
    source = Source(contents, people, naming, current())
    partnership = Partnership.current()
    chapters = [{"code": code, "title": title, "blocks": build(source)} for code, title, build in CHAPTERS]
    notes = [NAMES] if naming == Naming.FULL else [PSEUDONYMS, READ_FIRST]
    return {
        "reference": review.referral.reference,
        "title": f"Rapid review {review.referral.reference}",
        "partnership": partnership.name,
        "abbreviation": partnership.abbreviation,
        "naming": naming.value,
        "naming_label": naming.label,
        "is_draft": is_draft,
        "as_at": as_at.isoformat(),
        "notes": [*([DRAFT] if is_draft else []), *notes],
        "chapters": [chapter for chapter in chapters if chapter["blocks"]],
    }


def fingerprint(data: dict[str, Any]) -> str:
    """SHA-256 of what the report says: two that say the same have the same, whenever they were made."""
    said = json.dumps([data["naming"], data["is_draft"], data["chapters"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
