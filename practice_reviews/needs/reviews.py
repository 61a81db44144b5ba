"""What commissioned reviews ask of one person, for their home page, and of all. A fixed number of queries."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from core.attention import Item
from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can
from practice_reviews.choices import AskLevel
from practice_reviews.facts import Standing, standing, with_progress
from practice_reviews.kinds import by_partners
from practice_reviews.models import AgencyAsk, Declaration, PracticeReview, ReviewerRequest
from practice_reviews.permissions import ANSWER
from practice_reviews.states import NOT_STOPPED, RUNNING, AskStatus, Status
from rapid_reviews.choices import Outcome
from rapid_reviews.models import RapidReview
from rapid_reviews.states import AFTER_SENDING
from rapid_reviews.states import Status as RapidStatus

SOON = 14  # calendar days before which a milestone stands on the home page


def needs(user: User, today: date) -> list[Need]:
    """To commission, to tell, to give notice, to rule on; answers and reports that an agency owes."""
    if not user.is_authenticated:
        return []
    found = [*_for_agency(user, today)]
    if can(user, Permission.MANAGE_PRACTICE_REVIEWS, on=today):
        found += _to_commission(user, today)
        found += _to_manage(user, today)
        found += _requests(user, today)
    if can(user, Permission.SIGN_OFF_PRACTICE_REVIEWS, on=today):
        found += _to_rule(user, today)
    found += _late_asks(user, today)
    return found


def _need(
    what: str, review: PracticeReview, due: date | None = None, *, note: str = "", statutory: bool = False
) -> Need:
    url = review.get_absolute_url()
    return Need(what=what, url=url, about=review.reference, due=due, note=note, statutory=statutory)


def _to_commission(user: User, today: date) -> Iterable[Need]:
    """The partners decided on a review, and nothing was commissioned by it yet."""
    outcomes = [outcome for outcome in Outcome.values if by_partners(outcome)]
    there = PracticeReview.objects.filter(recommendation__review=OuterRef("pk")).exclude(status=Status.STOPPED)
    rows = RapidReview.objects.visible_to(user, on=today).filter(
        ~Exists(there), outcome__in=outcomes, status__in=[RapidStatus.DECIDED, *AFTER_SENDING]
    )
    for rapid in rows.select_related("referral"):
        yield Need(
            what="Commission the review that the partners decided on",
            url=reverse("practice_reviews:commission-case", args=[rapid.referral.reference]),
            about=rapid.referral.reference, note=rapid.get_outcome_display(),
            statutory=rapid.outcome == Outcome.LCSPR,
        )  # fmt: skip


def _standings(user: User, today: date) -> list[Standing]:
    rows = PracticeReview.objects.visible_to(user, on=today).filter(status__in=NOT_STOPPED)
    return [standing(review, today) for review in with_progress(rows)]


def _to_manage(user: User, today: date) -> Iterable[Need]:
    for one in _standings(user, today):
        review, line = one.review, one.progress
        if review.tell_clock is not None and review.tell_clock.is_running:
            yield _need(
                "Tell the national Panel, Ofsted and the DfE of the review", review, review.tell_clock.due_on,
                statutory=True,
            )  # fmt: skip
        if one.wants_notice:
            yield _need("Give notice of delay", review, review.due_on, note=_late(one), statutory=True)
        mark = line.next
        if review.status in RUNNING and mark and (mark.milestone.due_on - today).days <= SOON:
            yield _need(f"Milestone: {mark.milestone.title}", review, mark.milestone.due_on, note=mark.milestone.who)


def _late(one: Standing) -> str:
    return f"Forecast for {one.progress.forecast_on:%-d %B %Y}, after the six months."


def _requests(user: User, today: date) -> Iterable[Need]:
    rows = ReviewerRequest.objects.visible_to(user, on=today).filter(
        answered_on__isnull=True, reviewer__review__status__in=RUNNING
    )
    for row in rows.select_related("reviewer__review"):
        yield _need("Record the reviewer’s answer to a written request", row.reviewer.review, row.answer_by)


def _to_rule(user: User, today: date) -> Iterable[Need]:
    newer = Declaration.objects.filter(reviewer=OuterRef("reviewer"), pk__gt=OuterRef("pk"))
    rows = Declaration.objects.visible_to(user, on=today).filter(
        ~Exists(newer), is_accepted__isnull=True, reviewer__review__status__in=RUNNING
    )
    for row in rows.select_related("reviewer__review"):
        yield _need("Rule on a declaration of independence", row.reviewer.review)


def _for_agency(user: User, today: date) -> Iterable[Need]:
    agencies = [seat.agency_id for seat in user.memberships_on(today) if seat.role in ANSWER]
    rows = AgencyAsk.objects.visible_to(user, on=today).filter(
        review__agency__in=agencies, status__in=[AskStatus.ASKED, AskStatus.ACCEPTED], review__status__in=RUNNING
    )
    words = {AskStatus.ASKED: "Accept or decline a single-agency review", AskStatus.ACCEPTED: "Report on your review"}
    for row in rows.select_related("review"):
        yield _need(words[AskStatus(row.status)], row.review, row.waits_until)


def _late_asks(user: User, today: date) -> Iterable[Need]:
    """For whom a late single-agency review was escalated to."""
    levels = []
    if can(user, Permission.SIGN_OFF_PRACTICE_REVIEWS, on=today):
        levels = [AskLevel.CHAIR, AskLevel.EXECUTIVE]
    elif can(user, Permission.DECIDE, on=today):
        levels = [AskLevel.EXECUTIVE]
    waiting = [AskStatus.ASKED, AskStatus.ACCEPTED, AskStatus.DECLINED]
    rows = AgencyAsk.objects.visible_to(user, on=today).filter(
        level__in=levels, status__in=waiting, review__status__in=RUNNING
    )
    for row in rows.select_related("review__agency"):
        due = row.report_by if row.status == AskStatus.ACCEPTED else row.answer_by
        yield _need(f"See that {row.review.agency} does its review", row.review, due, note=row.get_status_display())


def attention(now: datetime, user: Any = None) -> list[Item]:
    """For the cockpit: forecasts later than six months without notice, and agencies that declined."""
    if user is None:
        return []
    today, items = timezone.localdate(now), []
    for one in _standings(user, today):
        if one.wants_notice:
            text = f"{one.review.reference} is forecast later than its six months, and no notice of delay says so."
            items.append(Item(text, one.review.get_absolute_url(), urgent=True))
    declined = AgencyAsk.objects.visible_to(user, on=today).filter(
        status=AskStatus.DECLINED, review__status__in=RUNNING
    )
    for row in declined.select_related("review__agency"):
        items.append(Item(f"{row.review.agency} declined {row.review.reference}.", row.review.get_absolute_url()))
    return items
