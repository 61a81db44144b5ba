"""What a rapid review asks of one person, for their home page. A fixed number of queries."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can
from rapid_reviews.models import Circulation, CirculationAnswer, PartnerDecision, RapidReview, Submission
from rapid_reviews.permissions import partner_seats
from rapid_reviews.section_needs import sections_of
from rapid_reviews.states import AFTER_SENDING, BEFORE_RECOMMENDATION, Status
from referrals.models import Referral
from referrals.people import led_by
from referrals.states import Status as CaseStatus


def needs(user: User, today: date) -> list[Need]:
    """Decisions wanted, reviews to open, to carry, to bring back to the Panel, to send; what is awaited then."""
    return [
        *_decisions(user, today),
        *_answers(user, today),
        *_to_carry(user, today),
        *_to_open(user, today),
        *_after_sending(user, today),
        *sections_of(user, today),
    ]


def _url(page: str, reference: str) -> str:
    return reverse(f"rapid_reviews:{page}", kwargs={"reference": reference})


def _need(review: RapidReview, what: str, page: str = "review-workspace") -> Need:
    reference = review.referral.reference
    return Need(
        what=what, url=_url(page, reference), about=reference, due=review.clock.due_on, statutory=True,
        note=review.get_status_display(),
    )  # fmt: skip


def _decisions(user: User, today: date) -> list[Need]:
    seats = [seat.agency.statutory_role for seat in partner_seats(user, on=today)]
    if not seats:
        return []
    taken = PartnerDecision.objects.filter(
        recommendation__reopened_at=None, partner__in=seats, recommendation__review__status=Status.RECOMMENDED
    )
    waiting = (
        RapidReview.objects.visible_to(user)
        .filter(status=Status.RECOMMENDED)
        .exclude(pk__in=taken.values("recommendation__review"))
        .select_related("referral", "clock")
    )
    return [_need(review, "Decide on the recommendation", "decision-list") for review in waiting]


def _answers(user: User, today: date) -> list[Need]:
    """Circulated recommendations that wait for this member."""
    rows = CirculationAnswer.objects.filter(
        membership__user=user, answer="", handed_at__isnull=True,
        circulation__closed_at__isnull=True, circulation__due_on__gte=today,
        circulation__recommendation__review__in=RapidReview.objects.visible_to(user).filter(status=Status.CIRCULATED),
    )  # fmt: skip
    found = rows.select_related("circulation__recommendation__review__referral")
    return [
        Need(
            what="Answer the circulated recommendation",
            url=_url("circulation", row.circulation.recommendation.review.referral.reference),
            about=row.circulation.recommendation.review.referral.reference,
            due=row.circulation.due_on,
        )
        for row in found
    ]


def _to_carry(user: User, today: date) -> list[Need]:
    """For the lead: work in hand. For those who send: what is decided, or back with the Panel."""
    led = Referral.objects.filter(led_by(user, today)).values("pk")
    mine = Q(referral__in=led, status__in=BEFORE_RECOMMENDATION)
    if can(user, Permission.SEND_RAPID_REVIEW, on=today):
        over = Circulation.objects.filter(Q(closed_at__isnull=False) | Q(due_on__lt=today), ended_by__isnull=True)
        mine |= Q(status=Status.CIRCULATED, recommendations__in=over.values("recommendation"))
        mine |= Q(status=Status.DECIDED) | Q(status=Status.RECOMMENDED, partners_differ_since__isnull=False)
    reviews = RapidReview.objects.visible_to(user).filter(mine).distinct().select_related("referral", "clock")
    words = {
        Status.CIRCULATED: "Record what the members answered",
        Status.RECOMMENDED: "The partners differ: take it back to the Panel",
        Status.DECIDED: "Send the rapid review to the national Panel",
    }
    pages = {Status.CIRCULATED: "circulation"}
    return [
        _need(
            review,
            words.get(Status(review.status), "Work on the rapid review"),
            pages.get(Status(review.status), "review-workspace"),
        )
        for review in reviews
    ]


def _to_open(user: User, today: date) -> list[Need]:
    """Accepted cases whose rapid review is not open: the days run all the same."""
    if not can(user, Permission.OPEN_RAPID_REVIEW, on=today):
        return []
    accepted = Referral.objects.visible_to(user).filter(status=CaseStatus.ACCEPTED)
    return [
        Need(
            what="Open the rapid review",
            url=_url("review-workspace", case.reference),
            about=case.reference,
            note="The days run from the notification, opened or not." if case.notified_on else "",
            statutory=True,
        )
        for case in accepted
    ]


def _after_sending(user: User, today: date) -> list[Need]:
    """For those who send: receipts to record, questions to answer, replies that should be here by now."""
    if not can(user, Permission.SEND_RAPID_REVIEW, on=today):
        return []
    reviews = RapidReview.objects.visible_to(user).filter(status__in=AFTER_SENDING)
    latest = Submission.objects.filter(review__in=reviews.values("pk"), review__reply_clock=F("reply_clock"))
    found = []
    for one in latest.select_related("review__referral", "reply_clock").prefetch_related("replies"):
        found += [_wanted(one, *what) for what in _awaited(one, today)]
    return found


def _awaited(sent: Submission, today: date) -> Iterator[tuple[str, str, list[int]]]:
    """What to do, on which page, and what else its address needs."""
    replies = list(sent.replies.all())
    for asked in replies:
        if asked.awaits_answer:
            yield "Answer the national Panel’s questions", "reply-answer", [asked.pk]
    if sent.receipt_on is None and not replies:
        yield "Record that the national Panel has the rapid review", "review-receipt", []
    if sent.reply_clock.is_running and sent.reply_clock.due_on <= today:
        yield "Record the national Panel’s reply", "review-reply", []


def _wanted(sent: Submission, what: str, page: str, more: list[int]) -> Need:
    """Without a day: the national Panel's reply is an expectation, never overdue of ours."""
    reference = sent.review.referral.reference
    url = reverse(f"rapid_reviews:{page}", args=[reference, *more])
    return Need(what=what, url=url, about=reference, note=sent.review.get_status_display())
