"""Agreement of the partners, sign-off, opening again."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from panel.permissions import Permission
from panel.roles import StatutoryRole
from practice_reviews import permissions
from practice_reviews.forms.beside import WhyForm
from practice_reviews.forms.signing import AgreeForm, SignOffForm
from practice_reviews.models import PracticeReview
from practice_reviews.signing import blocking_reasons, last_draft, needs_partners, seats
from practice_reviews.states import TABLE
from practice_reviews.views.beside import Visit, keeps, visit
from practice_reviews.workflow import signing as workflow
from rapid_reviews.choices import PARTNERS

SIGN_OFF = Permission.SIGN_OFF_PRACTICE_REVIEWS


@visit("sign-off")
def sign_off(here: Visit) -> HttpResponse:
    """What is missing, who has agreed, and what was signed."""
    review = here.review
    shown = seats(review) if needs_partners(review) else []
    mine = [seat.partner for seat in shown if permissions.can_agree(here.user, review, seat.partner, on=here.today)]
    return here.page(
        "sign_off", draft=last_draft(review), reasons=[] if _is_over(review) else blocking_reasons(review), seats=shown,
        mine=mine, signed=review.sign_offs.select_related("draft", "signed_by", "reopened_by"),
        may_sign=permissions.can(here.user, SIGN_OFF, review, on=here.today) and _find(review, "sign_off"),
        may_reopen=here.may_manage and _find(review, "reopen"),
    )  # fmt: skip


def _find(review: PracticeReview, verb: str) -> bool:
    return TABLE.find(review.status, verb) is not None


def _is_over(review: PracticeReview) -> bool:
    return not review.is_running


@visit("sign-off")
@keeps
def sign(here: Visit) -> HttpResponse:
    here.check(SIGN_OFF)
    return here.form(
        SignOffForm(here.data), partial(workflow.sign_off, review=here.review), title="Sign the review off?",
        lead_text="The report is final then, and its publication can be planned.", done="The review is signed off.",
    )  # fmt: skip


@visit("sign-off")
@keeps
def agree(here: Visit, partner: str) -> HttpResponse:
    """Record that one Safeguarding Partner agrees."""
    if partner not in PARTNERS or not needs_partners(here.review):
        raise Http404
    permissions.check_agree(here.user, here.review, partner, on=here.today)
    own = [s for s in permissions.partner_seats(here.user, on=here.today) if s.agency.statutory_role == partner]
    form = AgreeForm(here.data, initial={"agreed_on": here.today, "agreed_by": here.user.name if own else ""})
    label, draft = StatutoryRole(partner).label, last_draft(here.review)
    return here.form(
        form, partial(workflow.agree, review=here.review, partner=StatutoryRole(partner)),
        title=f"{label} agrees to draft {draft.number}" if draft else f"{label} agrees",
        done="The agreement is recorded.",
    )  # fmt: skip


@visit("sign-off")
@keeps
def withdraw_agreement(here: Visit, pk: int) -> HttpResponse:
    agreement = get_object_or_404(here.review.agreements.standing(), pk=pk)
    permissions.check_agree(here.user, here.review, agreement.partner, on=here.today)
    return here.form(
        WhyForm(here.data, submit="Withdraw the agreement", warning=True),
        partial(workflow.withdraw_agreement, agreement=agreement),
        title=f"Withdraw the agreement of the {agreement.get_partner_display()}?", done="The agreement is withdrawn.",
    )  # fmt: skip


@visit("sign-off")
@keeps
def reopen(here: Visit) -> HttpResponse:
    here.check()
    return here.form(
        WhyForm(here.data, submit="Open it again", warning=True), partial(workflow.reopen, review=here.review),
        title="Open the review again?", lead_text="What was signed stays on record.", done="The review is open again.",
    )  # fmt: skip
