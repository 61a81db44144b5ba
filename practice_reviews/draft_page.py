"""What the pages show of drafts and their checks, ready for templates."""

from dataclasses import dataclass
from datetime import date

from practice_reviews.models import Draft, DraftComment, FactCheck
from practice_reviews.states import (
    CHANGES_THE_DRAFT,
    SENT,
    AnswerStatus,
    CheckStatus,
    DraftStatus,
)

TONES = {
    DraftStatus.PREPARED: "grey", DraftStatus.OUT: "blue", DraftStatus.CLOSED: "green", DraftStatus.WITHDRAWN: "grey",
    CheckStatus.ASKED: "blue", CheckStatus.STARTED: "blue", CheckStatus.COMMENTED: "green",
    CheckStatus.NO_COMMENTS: "green", AnswerStatus.OPEN: "yellow", AnswerStatus.ACCEPTED: "green",
    AnswerStatus.PARTLY: "turquoise", AnswerStatus.REFUSED: "grey",
}  # fmt: skip


def days_left(due_on: date, today: date) -> str:
    """ "5 days left", "due today", "2 days late"."""
    days = (due_on - today).days
    if days == 0:
        return "due today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{count} left" if days > 0 else f"{count} late"


@dataclass(frozen=True)
class CheckLine:
    """One agency of a draft's round."""

    row: FactCheck
    comments: int
    unanswered: int
    is_late: bool

    @property
    def tone(self) -> str:
        return "red" if self.is_late else TONES.get(self.row.status, "grey")


def check_lines(draft: Draft, today: date) -> list[CheckLine]:
    """Two queries, however many agencies."""
    rows = list(draft.checks.select_related("agency"))
    told = DraftComment.objects.live().filter(check_row__draft=draft).values_list("check_row", "answer")
    by_check: dict[int, list[str]] = {}
    for check, answer in told:
        by_check.setdefault(check, []).append(answer)
    lines = []
    for row in rows:
        row.draft = draft
        answers = by_check.get(row.pk, []) if row.status in SENT else []
        lines.append(CheckLine(row, len(answers), answers.count(AnswerStatus.OPEN), row.is_late_on(today)))
    return lines


def sent_comments(draft: Draft) -> list[DraftComment]:
    """The comments of a round that were sent, each with its agency. One query."""
    rows = DraftComment.objects.sent().filter(check_row__draft=draft)
    return list(rows.select_related("check_row__agency", "answered_by").order_by("check_row__agency__name", "pk"))


def taken_in(draft: Draft) -> list[DraftComment]:
    """What this draft changes: the comments on the one before that were accepted, whole or in part. Two queries."""
    before = draft.review.drafts.standing().filter(number__lt=draft.number).order_by("-number").first()
    if before is None:
        return []
    return [comment for comment in sent_comments(before) if comment.answer in CHANGES_THE_DRAFT]
