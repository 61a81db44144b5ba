"""What happened to a rapid review since it was sent, for its pages. Two queries, none where it was never sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from rapid_reviews.choices import Reply
from rapid_reviews.models import NationalReply, RapidReview, Submission


@dataclass(frozen=True)
class AfterSending:
    """Every sending with its replies, the latest first."""

    submissions: Sequence[Submission]

    @property
    def latest(self) -> Submission | None:
        return next(iter(self.submissions), None)

    @property
    def disagreement(self) -> NationalReply | None:
        """The latest reply, where it is the one that sent the review back."""
        replies = list(self.latest.replies.all()) if self.latest else []
        return next((reply for reply in reversed(replies) if reply.kind == Reply.DISAGREE), None)


def after_sending(review: RapidReview) -> AfterSending:
    """Everything since `review` was sent for the first time."""
    if review.sent_on is None:
        return AfterSending(())
    people = ("sent_by", "recorded_by", "report__kind", "editable__kind", "receipt_letter__kind", "reply_clock__rule")
    replies = NationalReply.objects.select_related("letter__kind", "recorded_by", "answered_by")
    found = review.submissions.select_related(*people).prefetch_related(Prefetch("replies", replies))
    return AfterSending(list(found.order_by("-number")))
