"""What the Executive answered, counted: for the page, for the next report, for who is chased."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from highlight_reports.choices import Answer
from highlight_reports.models import Answer as Given
from highlight_reports.models import Ask, Asked, HighlightReport


@dataclass(frozen=True)
class Outcome:
    """One thing asked: the answers, how many of each, who has not answered, and in one phrase what follows."""

    number: int
    ask: Ask
    answers: Sequence[Given]
    silent: Sequence[Asked]

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.answer for one in self.answers)

    @property
    def waiting(self) -> int:
        return len(self.silent)

    @property
    def words(self) -> str:
        """Nothing is decided by a majority: one wish to discuss brings it before the meeting."""
        counts = self.counts
        if counts[Answer.DISCUSS] or (counts[Answer.DECLINE] and counts[Answer.APPROVE]):
            return "To be discussed at the meeting"
        if self.waiting or not self.answers:
            return f"{len(self.answers)} of {len(self.answers) + self.waiting} answered"
        return "Approved by all who were asked" if counts[Answer.APPROVE] else "Declined by all who were asked"


def outcomes(report: HighlightReport) -> list[Outcome]:
    """Of a report that was sent: everything that it asked, in its order. Two queries."""
    asked = list(report.asked.all())
    if not asked:
        return []
    asks = report.asks.prefetch_related("answers__asked")
    return [_outcome(number, ask, asked) for number, ask in enumerate(asks, 1)]


def _outcome(number: int, ask: Ask, asked: Sequence[Asked]) -> Outcome:
    answers = sorted(ask.answers.all(), key=lambda one: (one.asked.name, one.pk))
    there = {one.asked_id for one in answers}
    return Outcome(number, ask, answers, [one for one in asked if one.pk not in there])
