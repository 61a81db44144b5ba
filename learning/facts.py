"""What the highlight report and the Panel's meeting take from learning: messages, audiences, reviews of others.

None of it belongs to a case, so no wall applies; every text is nameless.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learning.choices import Outcome
from learning.models import Cascade, ImpactCheck, KeyMessage, OtherReview
from learning.states import CascadeStatus, MessageStatus, ReadingStatus


@dataclass(frozen=True)
class MessageFact:
    """One key message. `confirmed` of `asked` agencies say that it reached `reached` people."""

    reference: str
    text: str
    status: str
    audiences: tuple[str, ...]
    recommended_on: date | None
    agreed_on: date | None
    asked: int
    confirmed: int
    reached: int


@dataclass(frozen=True)
class ReviewFact:
    """One review of others that was weighed."""

    reference: str
    kind: str
    title: str
    area: str
    decided_on: date
    outcome: str
    implications: str


@dataclass(frozen=True)
class ImpactFact:
    """What was found of a message's impact."""

    reference: str
    months: int
    done_on: date
    outcome: str
    evidence: str


def recommended_messages() -> list[MessageFact]:
    """Those that wait for the Executive Group, oldest first: decisions asked of it."""
    return _facts(KeyMessage.objects.filter(status=MessageStatus.RECOMMENDED).order_by("recommended_on", "pk"))


def agreed_messages(first: date, last: date) -> list[MessageFact]:
    """Agreed on one of the days `first` to `last`, both included."""
    return _facts(KeyMessage.objects.filter(agreed_on__range=(first, last)).exclude(
        status=MessageStatus.WITHDRAWN).order_by("agreed_on", "pk"))  # fmt: skip


def _facts(messages: Sequence[KeyMessage] | object) -> list[MessageFact]:
    """Three queries, however many messages."""
    rows = list(messages.prefetch_related("audiences"))  # type: ignore[attr-defined]
    answers: dict[int, list[Cascade]] = {}
    asked = Cascade.objects.filter(product__message__in=rows).exclude(status=CascadeStatus.WITHDRAWN)
    for one in asked.select_related("product"):
        answers.setdefault(one.product.message_id, []).append(one)
    return [
        MessageFact(
            reference=row.reference, text=row.text, status=row.get_status_display(),
            audiences=tuple(audience.name for audience in row.audiences.all()),
            recommended_on=row.recommended_on, agreed_on=row.agreed_on, asked=len(answers.get(row.pk, [])),
            confirmed=sum(one.people is not None for one in answers.get(row.pk, [])),
            reached=sum(one.people or 0 for one in answers.get(row.pk, [])),
        )
        for row in rows
    ]  # fmt: skip


def considered_reviews(first: date, last: date) -> list[ReviewFact]:
    """Reviews of others on which the Panel decided on one of the days `first` to `last`."""
    rows = OtherReview.objects.filter(status=ReadingStatus.DECIDED, decided_on__range=(first, last))
    return [
        ReviewFact(
            row.reference, row.get_kind_display(), row.title, row.area, row.decided_on, row.get_outcome_display(),
            row.implications,
        )
        for row in rows.order_by("decided_on", "pk")
    ]  # fmt: skip


def reviews_for_the_panel(since: date) -> list[OtherReview]:
    """Those that the Panel is to discuss, decided on `since` or later, oldest first."""
    rows = OtherReview.objects.filter(status=ReadingStatus.DECIDED, outcome=Outcome.PANEL, decided_on__gte=since)
    return list(rows.order_by("decided_on", "pk"))


def impact_found(first: date, last: date) -> list[ImpactFact]:
    """Impact looked at on one of the days `first` to `last`."""
    rows = ImpactCheck.objects.filter(done_on__range=(first, last)).select_related("message")
    return [
        ImpactFact(row.message.reference, row.months, row.done_on, row.get_outcome_display(), row.evidence)
        for row in rows.order_by("done_on", "pk")
    ]
