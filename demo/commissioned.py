"""Commissioned reviews: one of each kind, through the workflow. Every day lies in the past of `days.now`."""

from datetime import date, timedelta

from agency_returns.actors import Actor
from demo.days import Days
from demo.people import DOMAIN, Cast
from practice_reviews import workflow
from practice_reviews.choices import Basis, Kind
from practice_reviews.models import PracticeReview
from practice_reviews.workflow import Commission
from rapid_reviews.choices import Outcome
from rapid_reviews.models import RapidReview
from rapid_reviews.states import AFTER_SENDING

AGENCY = "Hospitals"


def build(cast: Cast, days: Days) -> None:
    """A learning review by the partners, a single-agency review that was accepted, and an audit of no case."""
    _learning_review(cast, days)
    _single_agency(cast, days)
    _audit(cast, days)


def _learning_review(cast: Cast, days: Days) -> None:
    rapid = RapidReview.objects.filter(outcome=Outcome.MULTI_AGENCY, status__in=AFTER_SENDING).order_by("pk").first()
    if rapid is None or rapid.decided_on is None:
        return
    wanted = Commission(
        kind=Kind.MULTI_AGENCY, title="Who holds the plan when a family moves", basis=Basis.PARTNERS,
        referral=rapid.referral, purpose="What practitioners saw at the time, and what would have helped them.",
    )  # fmt: skip
    now = days.at(days.after(rapid.decided_on, 3))
    workflow.commission(wanted=wanted, by=cast.business_manager, now=now)


def _by_panel(cast: Cast, days: Days, wanted: Commission) -> PracticeReview:
    assert wanted.decided_on is not None
    return workflow.commission(wanted=wanted, by=cast.business_manager, now=days.at(wanted.decided_on))


def _day(days: Days, ago: int) -> date:
    return days.today - timedelta(days=ago)


def _single_agency(cast: Cast, days: Days) -> None:
    wanted = Commission(
        kind=Kind.SINGLE_AGENCY, title="Discharge of babies from the ward", basis=Basis.PANEL,
        agency=cast.agencies[AGENCY], decided_on=_day(days, 35),
    )  # fmt: skip
    review = _by_panel(cast, days, wanted)
    address = f"safeguarding.hospitals@{DOMAIN}"
    ask = workflow.ask(
        review=review, text="Look at ten discharges of babies, and at who was told of each.", lead_name="Lee Invented",
        lead_address=address, by=cast.business_manager, now=days.at(_day(days, 34)),
    )  # fmt: skip
    lead = Actor("Lee Invented", address)
    workflow.answer(ask=ask, accept=True, text="Our named doctor leads it.", by=lead, now=days.at(_day(days, 30)))
    workflow.begin(review=review, by=cast.business_manager, now=days.at(_day(days, 29)))
    accepted = review.milestones.get(title="Agency has accepted")
    workflow.complete_milestone(
        milestone=accepted, on=_day(days, 30), by=cast.business_manager, now=days.at(_day(days, 29))
    )


def _audit(cast: Cast, days: Days) -> None:
    wanted = Commission(
        kind=Kind.AUDIT, title="How strategy meetings are minuted", basis=Basis.PANEL, decided_on=_day(days, 20),
        purpose="Twenty minutes of the last quarter, read by two agencies each.",
    )  # fmt: skip
    review = _by_panel(cast, days, wanted)
    workflow.begin(review=review, by=cast.business_manager, now=days.at(_day(days, 19)))
