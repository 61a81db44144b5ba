"""Invented rapid reviews, taken step by step through their workflow to where the demonstration wants them."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from demo import texts
from demo.days import Days
from demo.people import Cast
from demo.sending import Sender
from panel.models import Membership
from panel.roles import Role, StatutoryRole
from rapid_reviews import workflow
from rapid_reviews.choices import Outcome, View
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Audience, RapidReview
from rapid_reviews.states import Status
from referrals.models import Referral

# On which working day of the fifteen each step is taken.
GATHERING, DRAFTING, MEETING, DECISIONS, SENDING = 1, 8, 11, 13, 14
PARTNERS = (StatutoryRole.LOCAL_AUTHORITY, StatutoryRole.ICB, StatutoryRole.POLICE)
ORDER = (Status.OPENED, Status.GATHERING, Status.DRAFTING, Status.RECOMMENDED, Status.DECIDED, Status.SENT)


@dataclass
class Reviewer:
    """Takes one rapid review forward. Every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    def open(self, referral: Referral, opened_on: date) -> RapidReview:
        return workflow.open_for(referral=referral, by=self.cast.business_manager, now=self.days.at(opened_on, 11))

    def take_to(
        self, review: RapidReview, status: Status, *, outcome: Outcome = Outcome.MULTI_AGENCY, **sending: Any
    ) -> RapidReview:
        """Every step up to `status`; `sending` goes to `send`."""
        steps = (self._gather, self._draft, partial(self._recommend, outcome=outcome), self._decide)
        for step, reached in zip(steps, ORDER[1:], strict=False):
            if ORDER.index(reached) <= ORDER.index(status):
                step(review)
        if status == Status.SENT:
            self.send(review, **sending)
        review.refresh_from_db()
        return review

    def _day(self, review: RapidReview, number: int) -> date:
        return self.days.after(review.clock.trigger_on, number)

    def _gather(self, review: RapidReview) -> None:
        day = self._day(review, GATHERING)
        workflow.start_gathering(review=review, by=self.cast.business_manager, now=self.days.at(day, 12))
        self.tick(review, GATHERING + 1)

    def _draft(self, review: RapidReview) -> None:
        by, now = self.cast.business_manager, self.days.at(self._day(review, DRAFTING), 12)
        workflow.start_drafting(review=review, by=by, now=now)
        for part in contents_of(review).parts:
            workflow.save_section(
                review=review, key=part.key, child=part.child, text=texts.SECTIONS[part.key], is_complete=True,
                version=0, by=by, now=now,
            )  # fmt: skip
        self.tick(review, DRAFTING)

    def _recommend(self, review: RapidReview, *, outcome: Outcome) -> None:
        by, day = self.cast.chair, self._day(review, MEETING)
        now = self.days.at(day, 16)
        workflow.answer_criteria(review=review, answers=texts.ANSWERS, by=by, now=now)
        workflow.draft_recommendation(
            review=review, outcome=outcome, reason=texts.REASONS[outcome], met_on=day,
            present=self._present(day), particulars=self.particulars(), by=by, now=now,
        )  # fmt: skip
        workflow.record_recommendation(review=review, by=by, now=now)
        self.tick(review, MEETING + 1)

    def particulars(self) -> workflow.Particulars:
        """What the recommended review should ask, and for whom."""
        audiences = Audience.objects.filter(name__in=texts.AUDIENCES)
        return workflow.Particulars(enquiries=texts.ENQUIRIES, audiences=list(audiences))

    def _present(self, day: date) -> list[Membership]:
        """Who was at the meeting: the chair and the members."""
        return list(Membership.objects.running_on(day).with_role(Role.CHAIR, Role.MEMBER))

    def decide(self, review: RapidReview, *views: View) -> None:
        """The partners' decisions, in the order LA, ICB, police; fewer views leave the others to come."""
        now = self.days.at(self._day(review, DECISIONS), 15)
        for partner, person, view in zip(PARTNERS, self.cast.partners, views, strict=False):
            reasons = texts.DECISION if view == View.AGREE else texts.DISSENT
            workflow.decide(review=review, partner=partner, view=view, reasons=reasons, by=person, now=now)

    def _decide(self, review: RapidReview) -> None:
        self.decide(review, View.AGREE, View.AGREE, View.AGREE)
        self.tick(review, DECISIONS + 1)

    def send(self, review: RapidReview, *, day: int = SENDING, late_reason: str = "", told: str = "") -> None:
        Sender(self.cast, self.days).send(review, on=self._day(review, day), late_reason=late_reason, told=told)

    def tick(self, review: RapidReview, until: int) -> None:
        """Milestones up to the working day `until` are done on their day."""
        last = self._day(review, until)
        for milestone in contents_of(review).milestones:
            if milestone.is_running and milestone.due_on <= last:
                workflow.complete_milestone(
                    review=review, milestone=milestone, on=milestone.due_on, by=self.cast.business_manager,
                    now=self.days.at(milestone.due_on, 17),
                )  # fmt: skip
