"""Who opened a report that was sent, from the audit trail: there is no second book to keep in step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from highlight_reports.models import HighlightReport

READ, FIGURE, DOWNLOADED, BY_LINK = (
    "report.read",
    "report.figure-opened",
    "report.downloaded",
    "report.opened-by-link",
)
READING = (READ, FIGURE, DOWNLOADED, BY_LINK)


@dataclass
class Opening:
    """One person: how they came, when first and last, how often, and whether they took the PDF."""

    who: str
    by_link: bool
    first: datetime
    last: datetime
    times: int = 0
    took_pdf: bool = False


def openings(report: HighlightReport) -> Sequence[Opening]:
    """Since it was sent, the latest first. One query."""
    if report.sent_at is None:
        return []
    events = Event.objects.about(report.reference).filter(verb__in=(READ, DOWNLOADED, BY_LINK), at__gte=report.sent_at)
    found: dict[tuple[str, bool], Opening] = {}
    for event in events.order_by("at", "pk").only("at", "verb", "actor_label", "details"):
        by_link = event.verb == BY_LINK or bool(event.details.get("by_link"))
        who = event.details.get("who") or event.actor_label
        opening = found.setdefault((who, by_link), Opening(who, by_link, event.at, event.at))
        opening.last = event.at
        opening.times += event.verb != DOWNLOADED
        opening.took_pdf = opening.took_pdf or event.verb == DOWNLOADED
    return sorted(found.values(), key=lambda one: one.last, reverse=True)
