"""Rapid reviews at the national Panel: sent with their report, receipted, agreed to, asked about, sent back."""

from dataclasses import dataclass
from datetime import date

from demo.days import Days
from demo.people import Cast
from rapid_reviews import workflow
from rapid_reviews.choices import Naming, Reply
from rapid_reviews.models import RapidReview

ADDRESS = "rapid.reviews@national-panel.example"
AGREES = "The national Panel agrees with the outcome and asks to see what the learning review finds."
DISAGREES = "The national Panel thinks that a local practice review would find more about the first move."
ASKS = "Was the family's earlier address known to the housing service at the time?"
ANSWER = "It was known from the second tenancy on. The housing return has the dates."


@dataclass
class Sender:
    """Sends a decided review and records what comes back. Every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    def send(self, review: RapidReview, *, on: date, late_reason: str = "", told: str = "") -> RapidReview:
        """With the pseudonymised report, made and kept on that day."""
        now, by = self.days.at(on, 16), self.cast.business_manager
        report = workflow.make_report(review=review, naming=Naming.PSEUDONYMISED, by=by, now=now)
        workflow.render(pk=report.pk, now=now)
        report.refresh_from_db()
        return workflow.record_sending(
            review=review, on=on, sender=self.cast.chair, address=ADDRESS, report=workflow.Sent(made=report), by=by,
            now=now, late_reason=late_reason, told=told,
        )  # fmt: skip

    def receive(self, review: RapidReview) -> None:
        """The receipt comes the next working day."""
        on = self._after(review, 1)
        reference = f"NP-{review.referral.reference[-3:]}"
        workflow.record_receipt(
            review=review, on=on, reference=reference, by=self.cast.business_manager, now=self.days.at(on, 12)
        )

    def agree(self, review: RapidReview) -> None:
        """First a question, then agreement."""
        by, asked, answered, on = self.cast.business_manager, *(self._after(review, day) for day in (4, 5, 9))
        question = workflow.record_reply(
            review=review, kind=Reply.QUESTIONS, on=asked, text=ASKS, by=by, now=self.days.at(asked, 12)
        )
        workflow.answer_questions(
            review=review, reply=question, answer=ANSWER, on=answered, by=by, now=self.days.at(answered, 12)
        )
        workflow.record_reply(review=review, kind=Reply.AGREE, on=on, text=AGREES, by=by, now=self.days.at(on, 12))

    def disagree(self, review: RapidReview) -> None:
        on, by = self._after(review, 8), self.cast.business_manager
        workflow.record_reply(
            review=review, kind=Reply.DISAGREE, on=on, text=DISAGREES, by=by, now=self.days.at(on, 12)
        )

    def _after(self, review: RapidReview, days: int) -> date:
        sent_on = review.sent_on or self.days.today
        return self.days.after(sent_on, days)
