"""A kept preview as a page shows it: the good rows a page at a time, every fault. Returns by link show it too."""

from datetime import date
from typing import Any

from chronology.choices import Seen
from chronology.models import Preview
from chronology.models.rows import THE_PANEL
from chronology.timeline import when
from referrals.models import Child

ROWS_PER_PAGE = 50
MOST_FAULTS = 500  # on one page; above that a file is better put right than read about


class _Row:
    """So much of a row as `when` needs."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.happened_on = date.fromisoformat(values["happened_on"])
        self.precision = values["precision"]


def shown(preview: Preview, start: str = "") -> dict[str, Any]:
    """The context of `chronology/includes/preview.html`. Two queries at most."""
    first = int(start) if start.isdigit() and len(start) < 6 else 0
    children = {child.pk: str(child) for child in Child.objects.filter(referral=preview.referral)}
    rows = [
        values
        | {
            "when": when(_Row(values)),
            "children_words": ", ".join(children[pk] for pk in values["children"] if pk in children) or "All",
            "seen_words": Seen(values["child_seen"]).label,
        }
        for values in preview.rows[first : first + ROWS_PER_PAGE]
    ]
    return {
        "preview": preview,
        "agency": preview.agency.name if preview.agency else THE_PANEL,
        "rows": rows,
        "first": first + 1,
        "last": first + len(rows),
        "start_next": first + ROWS_PER_PAGE if first + ROWS_PER_PAGE < preview.count else None,
        "start_previous": max(first - ROWS_PER_PAGE, 0) if first else None,
        "faults": preview.faults[:MOST_FAULTS],
        "faults_left": max(len(preview.faults) - MOST_FAULTS, 0),
    }
