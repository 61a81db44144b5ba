"""The one button of a case page: what this person can do next, by status and by right."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from panel.models import User
from panel.permissions import Permission
from rapid_reviews import readiness
from rapid_reviews.contents import Contents
from rapid_reviews.permissions import partner_seats, verbs_for
from rapid_reviews.states import Status as ReviewStatus
from referrals import permissions as case_permissions
from referrals.models import Referral
from referrals.states import AWAITING_SCREENING
from referrals.states import Status as CaseStatus


@dataclass(frozen=True)
class Step:
    """A button: its words and its page."""

    label: str
    url: str


def _step(label: str, url_name: str, referral: Referral) -> Step:
    return Step(label, reverse(url_name, args=[referral.reference]))


def for_person(user: User, referral: Referral, contents: Contents | None, *, on: date) -> Step | None:
    """The next step of the case, if it is one that `user` may take; `contents` where a rapid review is open."""
    if referral.status in AWAITING_SCREENING:
        if case_permissions.can_verb(user, "accept_for_rapid_review", referral, on=on):
            return _step("Screen the case", "referrals:referral-screen", referral)
        return None
    if referral.status == CaseStatus.ACCEPTED:
        if case_permissions.can_verb(user, "open_rapid_review", referral, on=on):
            return _step("Open the rapid review", "rapid_reviews:review-workspace", referral)
        return None
    if referral.status == CaseStatus.REVIEWED:
        return _sent_step(user, referral, on=on)
    return _review_step(user, referral, contents, on=on) if contents else None


def _sent_step(user: User, referral: Referral, *, on: date) -> Step | None:
    """With the national Panel: receipt and reply are recorded when they come."""
    review = getattr(referral, "rapid_review", None)
    may = case_permissions.can(user, Permission.SEND_RAPID_REVIEW, referral, on=on)
    if may and review is not None and review.status == ReviewStatus.SENT:
        return _step("Record what the national Panel says", "rapid_reviews:review-workspace", referral)
    return None


def _review_step(user: User, referral: Referral, contents: Contents, *, on: date) -> Step | None:
    verbs = verbs_for(user, contents.review, on=on)
    if contents.review.status == ReviewStatus.RECOMMENDED:
        return _decision_step(user, referral, contents, verbs, on=on)
    if "record_sending" in verbs and not readiness.before_sending(contents):
        return _step("Record that it was sent to the national Panel", "rapid_reviews:review-send", referral)
    if "record_recommendation" in verbs and not readiness.before_recommending(contents):
        return _step("Record the Panel’s recommendation", "rapid_reviews:recommendation-check", referral)
    if "edit_sections" in verbs:
        return _step("Work on the rapid review", "rapid_reviews:review-workspace", referral)
    return None


def _decision_step(
    user: User, referral: Referral, contents: Contents, verbs: frozenset[str], *, on: date
) -> Step | None:
    if contents.review.partners_differ_since:
        if "reopen_recommendation" in verbs:
            return _step("Take it back to the Panel", "rapid_reviews:recommendation-reopen", referral)
        return None
    mine = {seat.agency.statutory_role for seat in partner_seats(user, on=on)}
    undecided = {partner.value for partner, decision in contents.decisions.items() if decision is None}
    if "decide" in verbs and mine & undecided:
        return _step("Decide on the recommendation", "rapid_reviews:decision-list", referral)
    if "edit_sections" in verbs:
        return _step("Work on the rapid review", "rapid_reviews:review-workspace", referral)
    return None
