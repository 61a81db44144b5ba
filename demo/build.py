"""The whole demonstration, in one transaction: people, cases in every state, reports, and no old mail.

Nothing is written past the workflow functions but reference data (agencies, people, a distribution list). The audit
trail says when the demonstration was built, not when its stories play: it cannot be backdated, not even here.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from deadlines import calendar
from demo import (
    actions,
    beside,
    chronologies,
    commissioned,
    disclosure,
    documents,
    evidence,
    lcsprs,
    learning,
    looks,
    meetings,
    people,
    publications,
    recommending,
    reports,
    safeguarding,
    texts,
    walls,
    workspace,
)
from demo.cases import COMPLAINT, MORE, NEITHER, PANEL, Intake
from demo.days import RAPID_REVIEW, Days
from demo.intake import Families
from demo.people import Cast
from demo.returns import Returner
from demo.reviews import Reviewer
from demo.sending import Sender
from demo.stories import all_stories
from notifications.models import Message
from notifications.states import State
from notifications.workflow import cancel
from panel.models import User
from rapid_reviews import workflow as reviews
from rapid_reviews.choices import Outcome, View
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.choices import Decision, Kind, Route
from referrals.models import Referral


def is_built() -> bool:
    return User.objects.filter(email=people.address("business.manager")).exists()


@transaction.atomic
def build(now: datetime) -> Cast:
    """Build all of it as it would stand at the moment `now`. Call it once, in an installation without cases."""
    days = Days(now, calendar.current())
    cast = people.build(days.today)
    recommending.meetings(cast, days)
    builder = Builder(cast, days)
    for story in all_stories(days):
        case = builder.families.gather(story.key, builder.intake.record(story))
        builder.build(story.key, case)
        documents.add(story.key, case, cast, days)
        safeguarding.add(story.key, case, cast, days)
        if story.key == chronologies.STORY:
            chronologies.Writer(case, cast, days).write()
        if story.key == workspace.STORY:
            workspace.Writing(RapidReview.objects.get(referral=case), cast, days).write()
        evidence.add(story.key, case, cast, days)
    builder.families.finish()
    builder.drafts()
    lcsprs.build(cast, days)
    commissioned.build(cast, days)
    beside.build(cast, days)
    learning.build(cast, days)
    actions.build(cast, days)
    publications.build(cast, days)
    disclosure.build(cast, days)
    walls.build(cast, days)
    meetings.build(cast, days)
    report = reports.prepare(cast, days)
    _cancel_letters()
    reports.send(report, cast, days)
    looks.build(cast, days)
    return cast


def _cancel_letters() -> None:
    """The letters that the stories caused are kept, as cancelled: nobody wants two months of mail today.

    The report to the executives, and what the sweep finds from here on (the late review), are real and are sent.
    """
    for message in Message.objects.filter(state=State.QUEUED):
        cancel(message=message, by=None)


class Builder:
    """Takes each recorded story to its end."""

    def __init__(self, cast: Cast, days: Days) -> None:
        self.cast, self.days = cast, days
        self.intake, self.reviewer, self.returner = Intake(cast, days), Reviewer(cast, days), Returner(cast, days)
        self.families = Families(cast, days)
        self._ends: dict[str, Callable[[Referral], object]] = {
            "redirected": lambda case: self._screened(case, Decision.REDIRECT, **NEITHER | COMPLAINT),
            "not_met": lambda case: self._screened(case, Decision.NOT_MET, **NEITHER),
            "recorded": lambda case: None,
            "withdrawn": lambda case: self.intake.withdraw(case, on=self._day(case, 1)),
            "panel": lambda case: self._screened(case, Decision.PANEL, **NEITHER | PANEL),
            "more_information": lambda case: self._screened(case, Decision.MORE_INFORMATION, **MORE),
            "accepted": lambda case: self._screened(case, Decision.RAPID_REVIEW),
            "walled": self._walled,
            "differ": self._differ,
            "circulated": lambda case: recommending.circulated(self.reviewer, self._opened(case)),
            "resolved": lambda case: recommending.resolved(self.reviewer, self._opened(case)),
            "due_in_two": self._due_in_two,
            "review_withdrawn": self._review_withdrawn,
        }

    def build(self, key: str, case: Referral) -> None:
        end = self._ends.get(key)
        if end is not None:
            end(case)
        else:
            self._reviewed(key, case)

    def drafts(self) -> None:
        """Two drafts, and an enquiry that was shown another route."""
        self.intake.half_a_draft(self.cast.business_manager, Kind.SIN)
        self.intake.half_a_draft(self.cast.users["police"], Kind.REFERRAL)
        self.intake.turn_away(Route.WHISTLEBLOWING, on=self.days.ago(12))

    def _reviewed(self, key: str, case: Referral) -> None:
        status, sending = {
            "opened": (Status.OPENED, {}),
            "late": (Status.DRAFTING, {}),
            "drafting": (Status.DRAFTING, {}),
            "decided": (Status.DECIDED, {}),
            "lcspr_first": (Status.SENT, {"outcome": Outcome.LCSPR}),
            "lcspr_second": (Status.SENT, {"outcome": Outcome.LCSPR}),
            "sent_in_time": (Status.SENT, {}),
            "sent_lately": (Status.SENT, {"day": RAPID_REVIEW}),
            "sent_late": (
                Status.SENT,
                {"day": RAPID_REVIEW + 3, "late_reason": texts.LATE_REASON, "told": texts.TOLD},
            ),
        }[key]
        review = self._opened(case)
        if key == "drafting":
            self.returner.nearly_in(review)
        review = self.reviewer.take_to(review, status, **sending)
        if status == Status.SENT:
            self._replied(key, review)

    def _replied(self, key: str, review: RapidReview) -> None:
        sender = Sender(self.cast, self.days)
        sender.receive(review)
        if key != "sent_lately":
            (sender.disagree if key == "sent_late" else sender.agree)(review)

    def _day(self, case: Referral, number: int) -> date:
        return self.days.after(case.recorded_at.date(), number)

    def _screened(self, case: Referral, decision: Decision, **facts: str) -> Referral:
        return self.intake.screen(case, decision, on=self._day(case, 1), **facts)

    def _opened(self, case: Referral) -> RapidReview:
        case = self._screened(case, Decision.RAPID_REVIEW)
        return self.reviewer.open(case, self._day(case, 1))

    def _walled(self, case: Referral) -> None:
        review = self._opened(case)
        self.intake.wall(case, "police", on=self._day(case, 1))
        self.intake.invite(case, "hospital", on=self._day(case, 2))
        self.reviewer.take_to(review, Status.GATHERING)
        self.returner.under_way(review)

    def _differ(self, case: Referral) -> None:
        review = self.reviewer.take_to(self._opened(case), Status.RECOMMENDED)
        self.reviewer.decide(review, View.AGREE, View.DISAGREE, View.AGREE)

    def _due_in_two(self, case: Referral) -> None:
        review = self.reviewer.take_to(self._opened(case), Status.RECOMMENDED)
        self.reviewer.decide(review, View.AGREE)

    def _review_withdrawn(self, case: Referral) -> None:
        review = self.reviewer.take_to(self._opened(case), Status.GATHERING)
        self.returner.ask(review, "Police")
        now = self.days.at(self._day(case, 6))
        reviews.withdraw(review=review, reason=texts.WITHDRAWAL, by=self.cast.chair, now=now)
