"""What is due for a meeting: referrals, rapid reviews, late actions, the terms of reference (reads only)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from actions.models import Action
from actions.states import Status as ActionStatus
from meetings.choices import ItemKind
from meetings.models import TermsReview
from panel.choices import MeetingKind
from panel.models import PanelMeeting
from rapid_reviews.models import RapidReview
from rapid_reviews.states import BEFORE_RECOMMENDATION
from referrals.models import Referral
from referrals.states import Status as CaseStatus

TERMS_AHEAD = timedelta(days=60)  # the terms come onto an agenda when their review falls due within this time


@dataclass(frozen=True)
class Due:
    """One thing to put on the agenda. `source` is its key: it comes on once."""

    kind: ItemKind
    source: str
    title: str
    paper: str = ""
    referral: Referral | None = None


def due_for(meeting: PanelMeeting, *, on: date) -> list[Due]:
    """Everything that is due, in the order in which a meeting takes it. What is of a case has it as `referral`."""
    is_executive = meeting.kind == MeetingKind.EXECUTIVE
    found = [
        Due(ItemKind.OPENING, "standing:opening", "Welcome, apologies, conflicts of interest"),
        Due(ItemKind.MINUTES, "standing:minutes", "Minutes of the last meeting"),
    ]
    if is_executive:
        found.append(Due(ItemKind.REPORT, "standing:report", "Highlight report of the Panel"))
    else:
        found += [*_referrals(), *_reviews()]
    found += _actions(on)
    if not is_executive:
        found.append(Due(ItemKind.LEARNING, "standing:learning", "Learning: what was shared and what it changed"))
        found += _terms(meeting.on)
    return [*found, Due(ItemKind.OTHER, "standing:other", "Any other business")]


def _referrals() -> Iterator[Due]:
    rows = Referral.objects.filter(status=CaseStatus.PANEL_CONSIDERATION).order_by("recorded_at", "pk")
    for case in rows:
        yield Due(
            ItemKind.REFERRAL, f"referral:{case.pk}", f"Referral {case.reference}: is there to be a rapid review?",
            "The chair put this referral to the Panel.", case,
        )  # fmt: skip


def _reviews() -> Iterator[Due]:
    rows = RapidReview.objects.filter(status__in=BEFORE_RECOMMENDATION).select_related("referral", "clock")
    for review in rows.order_by("clock__due_on", "pk"):
        due = review.clock.due_on
        yield Due(
            ItemKind.REVIEW, f"review:{review.pk}", f"Rapid review {review.referral.reference}: what to recommend",
            f"Due with the national Panel on {due.day} {due:%B %Y}.", review.referral,
        )  # fmt: skip


def _actions(on: date) -> Iterator[Due]:
    """Actions of no case as one item, those of each case as one of their own, behind its walls."""
    wanted = Q(status=ActionStatus.OPEN, due_on__lt=on) | Q(status=ActionStatus.COMPLETE)
    rows = Action.objects.filter(wanted)
    if rows.filter(referral__isnull=True).exists():
        yield Due(ItemKind.ACTIONS, "actions:none", "Actions of no single case: late, or complete and to be closed")
    cases = Referral.objects.filter(pk__in=rows.exclude(referral=None).values("referral")).order_by("recorded_at", "pk")
    for case in cases:
        yield Due(
            ItemKind.ACTIONS, f"actions:{case.pk}", f"Actions from {case.reference}: late, or to be closed", "", case
        )


def _terms(day: date) -> Iterator[Due]:
    last = TermsReview.objects.first()
    if last is None or last.next_due_on <= day + TERMS_AHEAD:
        words = f"Due by {last.next_due_on.day} {last.next_due_on:%B %Y}." if last else "No review of them is recorded."
        yield Due(ItemKind.TERMS, "standing:terms", "Review of the terms of reference", words)
