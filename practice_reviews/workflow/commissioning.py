"""Commissioning a review: with its clocks, its milestones and the questions that the rapid review left it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.workflow import start_clock, withdraw_clock
from panel import permissions as panel
from panel.models import Agency, Partnership, User
from panel.permissions import Permission
from practice_reviews.choices import Basis, Kind
from practice_reviews.kinds import KINDS, by_partners
from practice_reviews.models import Enquiry, Milestone, MilestoneStep, PracticeReview, ScopeAgency, ScopeChild
from practice_reviews.states import Status
from practice_reviews.workflow.base import (
    local_day,
    move,
    next_reference,
    not_ahead,
    note,
    take_person,
    words,
    write,
)
from practice_reviews.workflow.gates import check_begin
from rapid_reviews.models import RapidReview, Recommendation
from referrals import permissions as cases
from referrals.models import Referral
from referrals.workflow.base import lock as lock_case

PUBLISH, TELL = "lcspr-publish", "inform-of-lcspr"


@dataclass(frozen=True, kw_only=True)
class Commission:
    """What is commissioned. The Panel's own decision has a day; that of the partners brings its own."""

    kind: Kind
    title: str
    basis: Basis
    purpose: str = ""
    referral: Referral | None = None
    agency: Agency | None = None
    decided_on: date | None = None
    target_on: date | None = None


@workflow
def commission(*, wanted: Commission, by: User, now: datetime) -> PracticeReview:
    """A new review with reference, clocks, milestones, questions and agencies in scope, in one transaction.

    WorkflowError where the decision is missing that the type needs: see kinds.KINDS. A local child safeguarding
    practice review that the decision has already is returned.
    """
    today = local_day(now)
    panel.check(by, Permission.MANAGE_PRACTICE_REVIEWS, on=today)
    referral = lock_case(wanted.referral) if wanted.referral else None
    if referral is not None:
        cases.check(by, Permission.MANAGE_PRACTICE_REVIEWS, referral, on=today)
    _check(wanted)
    decision = _decision(wanted, referral) if wanted.basis == Basis.PARTNERS else None
    existing = _same(wanted, decision)
    if existing is not None:
        return existing
    review = PracticeReview(
        reference=next_reference(today.year), kind=wanted.kind, title=wanted.title.strip(),
        purpose=wanted.purpose.strip(), referral=referral, basis=wanted.basis, recommendation=decision,
        deciders=_deciders(decision), agency=wanted.agency, decided_on=_decided_on(wanted, referral, decision, now),
        target_on=wanted.target_on, commissioned_by=by, commissioned_at=now,
    )  # fmt: skip
    _start_clocks(review, by, now)
    _check_target(review)
    review.save()
    _milestones(review)
    if decision is not None:
        _carry_over(review, decision)
    note("commissioned", by=by, review=review, kind=review.get_kind_display(), on=review.decided_on.isoformat())
    return review


def _check(wanted: Commission) -> None:
    rules = KINDS[wanted.kind]
    words(wanted.title, "Give the review a title, without names.")
    if wanted.basis == Basis.PANEL and not rules.by_panel:
        raise WorkflowError(
            "A local child safeguarding practice review starts only from the decision of the three Safeguarding "
            "Partners on a rapid review."
        )
    if rules.asks_agency and wanted.agency is None:
        raise WorkflowError("Say which agency is to carry out the single-agency review.")
    if not rules.asks_agency and wanted.agency is not None:
        raise WorkflowError("Only a single-agency review belongs to one agency.")


def _decision(wanted: Commission, referral: Referral | None) -> Recommendation:
    """The recommendation on which the three partners decided so; WorkflowError where there is none."""
    rapid = RapidReview.objects.filter(referral=referral).first() if referral else None
    standing = rapid.recommendation if rapid else None
    if rapid is None or standing is None or rapid.decided_on is None:
        raise WorkflowError("The three Safeguarding Partners have not decided on a rapid review of this case yet.")
    if wanted.kind not in by_partners(rapid.outcome):
        outcome = rapid.get_outcome_display()
        raise WorkflowError(f"The partners decided for another outcome: {outcome}. Choose a type that follows from it.")
    return standing


def _same(wanted: Commission, decision: Recommendation | None) -> PracticeReview | None:
    if wanted.kind != Kind.LCSPR or decision is None:
        return None
    rows = PracticeReview.objects.filter(recommendation=decision, kind=Kind.LCSPR)
    found: PracticeReview | None = rows.exclude(status=Status.STOPPED).first()
    return found


def _deciders(decision: Recommendation | None) -> str:
    """Who decided, as it stands on the day: people may leave."""
    if decision is None:
        return f"The {Partnership.current().abbreviation} CSPR Panel"
    resolution = getattr(decision, "resolution", None)
    if resolution is not None:
        return f"{resolution.lead_la}; {resolution.lead_icb}; {resolution.lead_police}"
    rows = decision.decisions.select_related("agency", "decided_by").order_by("partner")
    return "; ".join(f"{row.decided_by} for {row.agency}" for row in rows)


def _decided_on(wanted: Commission, referral: Referral | None, decision: Recommendation | None, now: datetime) -> date:
    if decision is not None and decision.review.decided_on is not None:
        return decision.review.decided_on
    return not_ahead(wanted.decided_on or local_day(now), now, "The day of the decision")


def _start_clocks(review: PracticeReview, by: User, now: datetime) -> None:
    """Labelled with the case, as every clock: the case's people are reminded, its walls hold."""
    if not KINDS[Kind(review.kind)].has_statutory_clock:
        return
    about = {"trigger_on": review.decided_on, "label": review.case_reference, "by": by, "now": now}
    review.clock = start_clock(code=PUBLISH, **about)  # type: ignore[arg-type]
    review.tell_clock = start_clock(code=TELL, **about)  # type: ignore[arg-type]


def _check_target(review: PracticeReview) -> None:
    if review.clock is not None:
        review.target_on = None  # the statutory day is the day
    elif review.target_on is not None and review.target_on <= review.decided_on:
        raise WorkflowError("The day by which the review is to be done must come after the decision.")


def _milestones(review: PracticeReview) -> None:
    """Those of its type, none planned after the day by which it is due; where there is none, the last one sets it."""
    steps = list(MilestoneStep.objects.filter(kind=review.kind, is_active=True))
    days = [review.decided_on + timedelta(weeks=step.after_weeks) for step in steps]
    if days and review.due_on is None:
        write(review, target_on=max(days))
    Milestone.objects.bulk_create(
        [
            Milestone(review=review, title=step.title, who=step.who, due_on=min(day, review.due_on or day))
            for step, day in zip(steps, days, strict=True)
        ]
    )


def _carry_over(review: PracticeReview, decision: Recommendation) -> None:
    """The rapid review's questions, the case's children, and the agencies that answered or were asked."""
    Enquiry.objects.bulk_create(
        [
            Enquiry(review=review, number=number, question=line.question, why=line.why, origin=line)
            for number, line in enumerate(decision.enquiries.all(), 1)
        ]
    )
    case = decision.review.referral
    ScopeChild.objects.bulk_create([ScopeChild(review=review, child=child) for child in case.children.all()])
    agencies = [review.agency_id] if review.agency_id else case.information_requests.values_list("agency", flat=True)
    ScopeAgency.objects.bulk_create([ScopeAgency(review=review, agency_id=pk) for pk in agencies])


@workflow
def begin(*, review: PracticeReview, by: User, now: datetime) -> PracticeReview:
    """The review is under way. WorkflowError, with a sentence, for what its type still lacks. Begun already: quiet."""
    review = take_person(review, "begin", by=by, now=now)
    if review.status == Status.UNDER_WAY:
        return review
    check_begin(review)
    move(review, "begin", began_on=local_day(now))
    note("begun", by=by, review=review)
    return review


@workflow
def stop(*, review: PracticeReview, reason: str, by: User, now: datetime) -> PracticeReview:
    """It will not be finished: its clocks are withdrawn with the reason. Stopped already: quiet."""
    review = take_person(review, "stop", by=by, now=now)
    if review.status == Status.STOPPED:
        return review
    reason = words(reason, "Say why the review is stopped.")
    move(review, "stop", stopped_by=by, stopped_on=local_day(now), stopped_reason=reason)
    for clock in (review.clock, review.tell_clock):
        if clock is not None and clock.is_running:
            withdraw_clock(clock=clock, on=local_day(now), by=by, now=now, reason=f"The review was stopped: {reason}")
    note("stopped", by=by, review=review, text=reason)
    return review
