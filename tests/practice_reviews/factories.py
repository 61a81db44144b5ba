"""Commissioned reviews at any status, by the real workflow. All names are invented and must never leak."""

from datetime import timedelta

from django.utils import timezone

from panel.models import Agency
from panel.roles import Role
from practice_reviews import workflow
from practice_reviews.choices import Basis, Kind
from practice_reviews.models import PracticeReview, Reviewer
from practice_reviews.states import Status
from practice_reviews.workflow import Commission, Declared, Scope
from rapid_reviews.choices import Outcome
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import person_with

REVIEWER = "Remy Invented"
LEAD = "lee.invented@agency.example"


def bm(now):
    return person_with(Role.BUSINESS_MANAGER, now)


def chair(now):
    return person_with(Role.CHAIR, now)


def lcspr(*, rapid=None, now=None, title="Bruising in babies who do not crawl yet") -> PracticeReview:
    """Commissioned on the three partners' decision; everything happens at `now`."""
    now = now or timezone.now()
    rapid = rapid or rapid_review_at("decided", now=now)
    wanted = Commission(kind=Kind.LCSPR, title=title, basis=Basis.PARTNERS, referral=rapid.referral)
    return workflow.commission(wanted=wanted, by=bm(now), now=now)


def by_panel(kind=Kind.AUDIT, *, now=None, by=None, **over) -> PracticeReview:
    now = now or timezone.now()
    if kind == Kind.SINGLE_AGENCY:
        over = {"agency": Agency.objects.get(short_name="Schools")} | over
    wanted = Commission(kind=kind, basis=Basis.PANEL, **{"title": "How strategy meetings are minuted"} | over)
    return workflow.commission(wanted=wanted, by=by or bm(now), now=now)


def single(*, now=None, asked=True, **over):
    """A single-agency review of Schools, and its request."""
    now = now or timezone.now()
    review = by_panel(Kind.SINGLE_AGENCY, now=now, **over)
    if not asked:
        return review, None
    ask = workflow.ask(
        review=review, text="Look at how absences are followed up.", lead_name="Lee Invented", lead_address=LEAD,
        by=bm(now), now=now,
    )  # fmt: skip
    return review, ask


def with_terms(review, *, now=None) -> PracticeReview:
    """Scope set and agreed."""
    now = now or timezone.now()
    day = review.decided_on
    scope = Scope(
        method="Learning conversations with practitioners.", scope_from=day - timedelta(days=700), scope_to=day,
        children=[row.child for row in review.scope_children.all()],
        agencies=[Agency.objects.get(short_name="Schools")],
    )  # fmt: skip
    workflow.set_scope(review=review, scope=scope, by=bm(now), now=now)
    if not review.enquiries.exists():
        workflow.save_enquiry(review=review, question="Who followed up?", by=bm(now), now=now)
    workflow.agree_terms(review=review, by=chair(now), now=now)
    return again(review)


def with_reviewer(review, *, now=None, accept=True) -> Reviewer:
    """Appointed, declared independent; accepted unless told otherwise (None: not ruled on)."""
    now = now or timezone.now()
    reviewer = workflow.consider(review=review, name=REVIEWER, organisation="Invented Reviews", by=bm(now), now=now)
    reviewer = workflow.appoint(reviewer=reviewer, reason="Knows the field.", by=bm(now), now=now)
    declared = Declared(
        text="I never worked for any of them.", apart_from_agencies=True, apart_from_line=True,
        declared_on=timezone.localdate(now),
    )  # fmt: skip
    declaration = workflow.record_declaration(reviewer=reviewer, declared=declared, by=bm(now), now=now)
    if accept is not None:
        grounds = "" if accept else "A brother works there."
        workflow.rule_on_declaration(declaration=declaration, accept=accept, grounds=grounds, by=chair(now), now=now)
    return reviewer


def review_at(status: Status, *, now=None, **more) -> PracticeReview:
    """An LCSPR commissioned, under way or stopped."""
    now = now or timezone.now()
    review = lcspr(now=now, **more)
    if status == Status.STOPPED:
        workflow.stop(review=review, reason="Now part of a national review.", by=chair(now), now=now)
    elif status != Status.COMMISSIONED:
        with_terms(review, now=now)
        with_reviewer(review, now=now)
        workflow.begin(review=review, by=bm(now), now=now)
    return again(review)


def again(row):
    return type(row).objects.get(pk=row.pk)


def rapid_for(outcome: Outcome, **more):
    return rapid_review_at("decided", outcome=outcome, **more)
