"""The six months in which an LCSPR is to be published: a clock of the review, stopped by publication."""

from datetime import date, datetime

from deadlines import workflow as clocks
from deadlines.models import Clock
from panel.models import User
from publications.models import Publication


def publish_clock(publication: Publication) -> Clock | None:
    """The clock that the review started, where it has one."""
    found: Clock | None = publication.practice_review.clock
    return found


def stop_publish_clock(
    publication: Publication, *, on: date, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> None:
    """Published: met, or late with a reason. A clock that has ended keeps what it was judged by."""
    clock = publish_clock(publication)
    if clock is not None and clock.is_running:
        clocks.complete_clock(clock=clock, on=on, by=by, now=now, late_reason=late_reason, told=told)
