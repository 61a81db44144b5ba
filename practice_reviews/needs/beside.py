"""What drafts, families, events and proceedings ask of one person, for their home page. A fixed number of queries."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from core.needs import Need
from panel.permissions import Permission, can
from practice_reviews.choices import FamilyStep
from practice_reviews.family import CIRCULATED, line_of
from practice_reviews.models import (
    Draft,
    DraftComment,
    FactCheck,
    FamilyMember,
    ParallelProceeding,
    PartnerAgreement,
    PracticeReview,
    PractitionerEvent,
)
from practice_reviews.permissions import ANSWER, partner_seats
from practice_reviews.signing import needs_partners
from practice_reviews.states import RUNNING, DraftStatus, EventStatus, Status

SOON = timedelta(days=14)  # how long before the next date of proceedings the business manager is shown it
LOOKED_AFTER = (*RUNNING, Status.SIGNED_OFF)  # the family is owed the news of publication after the sign-off


def needs(user: Any, today: date) -> list[Need]:
    """To check for one's own agency; to answer, chase and look after for who manages reviews; to agree as a partner."""
    if not user.is_authenticated:
        return []
    found = [*_to_check(user, today), *_to_agree(user, today)]
    if can(user, Permission.MANAGE_PRACTICE_REVIEWS, on=today):
        visible = PracticeReview.objects.visible_to(user, on=today)
        found += [*_comments(visible), *_late(visible, today), *_proceedings(visible, today)]
        found += [*_family(visible), *_events(visible, today)]
    return found


def _to_check(user: Any, today: date) -> Iterator[Need]:
    agencies = [seat.agency_id for seat in user.memberships_on(today) if seat.role in ANSWER]
    rows = FactCheck.objects.visible_to(user, on=today).waiting() if agencies else FactCheck.objects.none()
    mine = rows.filter(agency__in=agencies, draft__review__status__in=RUNNING)
    for row in mine.select_related("draft__review", "agency"):
        yield Need(
            what=f"Check the facts of draft {row.draft.number} for {row.agency.short_name}",
            url=reverse("practice_reviews:mine-check", args=[row.pk]),
            about=row.draft.review.reference,
            due=row.draft.due_on,
        )


def _to_agree(user: Any, today: date) -> Iterator[Need]:
    """The last draft of each LCSPR whose round is closed, for a partner who has not agreed to it."""
    partners = {seat.agency.statutory_role for seat in partner_seats(user, on=today)}
    if not partners:
        return
    drafts = Draft.objects.visible_to(user, on=today).filter(review__status=Status.DRAFTED).standing()
    last = {draft.review_id: draft for draft in drafts.select_related("review").order_by("number")}
    given = PartnerAgreement.objects.standing().filter(draft__in=[draft.pk for draft in last.values()])
    agreed = set(given.filter(partner__in=partners).values_list("draft", "partner"))
    for draft in last.values():
        missing = any((draft.pk, partner) not in agreed for partner in partners)
        if missing and draft.status != DraftStatus.OUT and needs_partners(draft.review):
            yield Need(
                what=f"Agree to draft {draft.number} as a Safeguarding Partner",
                url=reverse("practice_reviews:sign-off", args=[draft.review.reference]),
                about=draft.review.reference,
            )


def _comments(visible: Any) -> Iterator[Need]:
    rows = DraftComment.objects.unanswered().filter(check_row__draft__review__in=visible.running().values("pk"))
    drafts = rows.values("check_row__draft__review__reference", "check_row__draft__number").order_by(
        "check_row__draft__review__reference", "check_row__draft__number"
    )
    for row in drafts.annotate(count=Count("pk")):
        reference, number = row["check_row__draft__review__reference"], row["check_row__draft__number"]
        yield Need(
            what=f"Answer the comments on draft {number}",
            url=reverse("practice_reviews:draft", args=[reference, number]),
            about=reference,
            note=f"{row['count']} without an answer.",
        )


def _late(visible: Any, today: date) -> Iterator[Need]:
    late: dict[int, list[FactCheck]] = {}
    rows = FactCheck.objects.late_on(today).filter(draft__review__in=visible.running().values("pk"))
    for row in rows.select_related("draft__review", "agency"):
        late.setdefault(row.draft_id, []).append(row)
    for found in late.values():
        draft = found[0].draft
        yield Need(
            what=f"See to the late answers to draft {draft.number}",
            url=draft.get_absolute_url(),
            about=draft.review.reference,
            due=draft.due_on,
            note=f"Late: {', '.join(row.agency.short_name for row in found)}.",
        )


def _proceedings(visible: Any, today: date) -> Iterator[Need]:
    """Dates that come near, and those gone by of which nobody has said what happened."""
    rows = ParallelProceeding.objects.running().filter(
        review__in=visible.filter(status__in=LOOKED_AFTER).values("pk"), next_on__lte=today + SOON
    )
    for row in rows.select_related("review").order_by("next_on"):
        is_past = row.is_past_on(today)
        yield Need(
            what="Say what became of parallel proceedings" if is_past else "Parallel proceedings have a date",
            url=reverse("practice_reviews:proceedings", args=[row.review.reference]),
            about=row.review.reference,
            due=row.next_on,
            note="Publication waits for them." if row.is_holding else "",
        )


def _family(visible: Any) -> Iterator[Need]:
    """One line for each review with whom something is still to be done."""
    reviews = visible.filter(status__in=LOOKED_AFTER)
    shown = set(Draft.objects.filter(review__in=reviews, status__in=CIRCULATED).values_list("review", flat=True))
    members = FamilyMember.objects.filter(review__in=reviews.values("pk")).select_related("review")
    counts: dict[str, int] = {}
    for member in members.prefetch_related("contacts").order_by("review__reference"):
        line = line_of(member, has_draft=member.review_id in shown)
        if set(line.owed) - {FamilyStep.ANSWER}:  # an answer is the family's to give
            counts[member.review.reference] = counts.get(member.review.reference, 0) + 1
    for reference, count in counts.items():
        yield Need(
            what="Do what is still owed to the family",
            url=reverse("practice_reviews:family", args=[reference]),
            about=reference,
            note=f"{count} of them.",
        )


def _events(visible: Any, today: date) -> Iterator[Need]:
    rows = PractitionerEvent.objects.filter(review__in=visible.running().values("pk"))
    past = rows.filter(Q(status=EventStatus.PLANNED) & Q(planned_on__lt=today)).select_related("review")
    for row in past:
        yield Need(
            what="Record the practitioner event",
            url=reverse("practice_reviews:practitioners", args=[row.review.reference]),
            about=row.review.reference,
            note=f"It was planned for {row.planned_on:%-d %B}.",
        )
