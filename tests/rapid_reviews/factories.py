"""Rapid reviews at any status, reached by driving the real workflow. All names are invented and must never leak."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chronology import workflow as chronology
from chronology.facts import RowFacts
from chronology.models import Row
from documents.models import Document
from documents.workflow import store
from panel.models import Agency, Membership, User
from panel.roles import Role, StatutoryRole
from rapid_reviews import workflow
from rapid_reviews.choices import (
    CIRCUMSTANCES,
    CRITERIA,
    NEEDS_ENQUIRY,
    PARTNERS,
    Answer,
    Criterion,
    Finding,
    Naming,
    Outcome,
    Reply,
    View,
)
from rapid_reviews.contents import contents_of
from rapid_reviews.models import CirculationAnswer, RapidReview, SharedLearning
from rapid_reviews.states import Status
from rapid_reviews.workflow import Particulars
from referrals.documents import key_of
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.referrals.factories import SECRET, person_with, referral_at

ORDER = [Status.OPENED, Status.GATHERING, Status.DRAFTING, Status.RECOMMENDED, Status.DECIDED, Status.SENT,
         Status.REPLIED]  # fmt: skip
ADDRESS = "national.panel@inbox.example"
TEXT = f"Written by the Panel. {SECRET} was seen alone."


def key_episode(
    review: RapidReview, title: str = "A visit that did not happen", *, day: int = 3, by: User | None = None,
    now: datetime | None = None,
) -> Row:  # fmt: skip
    """A row of the case's chronology, marked as a key practice episode."""
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    facts = RowFacts(happened_on=date(2025, 3, day), event=f"Home visit by the {SECRET} team.")
    row = chronology.add_row(referral=review.referral, agency=None, facts=facts, by=by, now=now)
    return chronology.mark_key_episode(row=row, title=title, by=by, now=now)


def shared_learning(
    review: RapidReview, *, by: User | None = None, now: datetime | None = None, **over: Any
) -> SharedLearning:
    """One piece of immediate learning, to be shared in a week."""
    now = now or timezone.now()
    facts = {
        "uuid": uuid4(),
        "message": f"Ask {SECRET} twice.",
        "audience": "Health visitors",
        "channel": "Team meeting",
        "by_whom": "The named nurse",
        "due_on": timezone.localdate(now) + timedelta(days=7),
        "version": 0,
    } | over
    return workflow.save_learning(review=review, by=by or person_with(Role.BUSINESS_MANAGER, now), now=now, **facts)


def findings(finding: Finding = Finding.MET) -> dict[Criterion, tuple[Finding, str]]:
    """An answer to every criterion; no circumstance applies."""
    reason = f"Two agencies worked apart; {SECRET} said so."
    return dict.fromkeys(CRITERIA, (finding, reason)) | dict.fromkeys(CIRCUMSTANCES, (Finding.NOT_MET, ""))


def panel_seats(now: datetime) -> list[Membership]:
    """A quorate meeting: the chair and one seat for each Safeguarding Partner."""
    day = timezone.localdate(now)
    seats = Membership.objects.running_on(day).select_related("agency", "user")
    partners = list(seats.with_role(Role.SAFEGUARDING_PARTNER))
    return [*seats.with_role(Role.CHAIR), *partners]


def partner_people(now: datetime) -> dict[StatutoryRole, User]:
    """Who decides for each of the three partners."""
    seats = Membership.objects.running_on(timezone.localdate(now)).with_role(Role.SAFEGUARDING_PARTNER)
    people = {seat.agency.statutory_role: seat.user for seat in seats.select_related("agency", "user")}
    return {partner: people[partner.value] for partner in PARTNERS}


def write_sections(review: RapidReview, *, by: User | None = None, now: datetime | None = None) -> None:
    """Every section complete."""
    now = now or timezone.now()
    for part in contents_of(review).parts:
        workflow.save_section(
            review=review, key=part.key, child=part.child, text=TEXT, is_complete=True,
            version=part.section.version if part.section else 0,
            by=by or person_with(Role.BUSINESS_MANAGER, now), now=now,
        )  # fmt: skip


def particulars(outcome: Outcome) -> Particulars:
    """What a recommendation of `outcome` must say: two questions, or an agency."""
    if outcome in NEEDS_ENQUIRY:
        asks = f"It was seen before {SECRET} was hurt."
        return Particulars(enquiries=[("Who followed up?", asks), ("Who was told?", "Nobody seems to have been.")])
    if outcome == Outcome.SINGLE_AGENCY:
        return Particulars(asked=[Agency.objects.order_by("pk").first()])
    return Particulars()


def circulated(
    *, review: RapidReview | None = None, by: User | None = None, now: datetime | None = None
) -> RapidReview:
    """A review in drafting whose recommendation is with the members, who have until the statutory date."""
    now = now or timezone.now()
    review = review or rapid_review_at(Status.DRAFTING, now=now)
    by = by or person_with(Role.CHAIR, now)
    draft(review, by=by, now=now, by_circulation=True, present=[])
    workflow.circulate(review=review, due_on=review.clock.due_on, by=by, now=now)
    return RapidReview.objects.get(pk=review.pk)


def answer_all(
    review: RapidReview, *, now: datetime | None = None, answers: Mapping[int, Answer] | None = None
) -> None:
    """Every member's answer: "agree", unless `answers` says otherwise for a person's id."""
    rows = CirculationAnswer.objects.filter(circulation__recommendation__review=review, answer="")
    for row in rows.select_related("membership__user"):
        workflow.answer_circulation(
            review=review, answer=(answers or {}).get(row.membership.user_id, Answer.AGREE), by=row.membership.user,
            reasons=f"{SECRET} is not safe by this.", now=now or timezone.now(),
        )  # fmt: skip


def draft(review: RapidReview, *, by: User | None = None, now: datetime | None = None, **over: Any) -> Any:
    """Findings on everything, and a draft made by a quorate meeting today."""
    now = now or timezone.now()
    by = by or person_with(Role.CHAIR, now)
    facts = {
        "outcome": Outcome.LCSPR,
        "reason": f"A review would add to what is known; {SECRET} agrees.",
        "met_on": timezone.localdate(now),
        "present": panel_seats(now),
        "particulars": particulars(over.get("outcome", Outcome.LCSPR)),
    } | over
    workflow.answer_criteria(review=review, answers=findings(), by=by, now=now)
    return workflow.draft_recommendation(review=review, by=by, now=now, **facts)


def decide_all(
    review: RapidReview, *, now: datetime | None = None, views: Mapping[StatutoryRole, View] | None = None
) -> None:
    """The three decisions, all "agree" unless `views` says otherwise (an amendment is to a learning review)."""
    now = now or timezone.now()
    for partner, person in partner_people(now).items():
        view = (views or {}).get(partner, View.AGREE)
        workflow.decide(
            review=review, partner=partner, view=view, reasons=f"Weighed by the {partner.label}.",
            amended_outcome=Outcome.MULTI_AGENCY if view == View.AMEND else None, by=person, now=now,
        )  # fmt: skip


def sent_document(review: RapidReview, text: str = "The report", *, by: User, now: datetime) -> Document:
    """A report finished elsewhere, as a document of the case."""
    file = SimpleUploadedFile("report.txt", f"{text} of {review.referral.reference}, {SECRET}".encode())
    return store(
        owner_key=key_of(review.referral), reference=review.referral.reference, file=file, kind="rapid-review",
        by=by, now=now,
    )  # fmt: skip


def send(review: RapidReview, *, by: User, now: datetime, on: date | None = None, **more: Any) -> RapidReview:
    """Sent on `on`, the day of `now` unless given, as a document that was finished elsewhere."""
    document = more.pop("document", None) or sent_document(review, by=by, now=now)
    report = workflow.Sent(document=document, naming=Naming.PSEUDONYMISED)
    facts = {"sender": by, "address": ADDRESS, "report": report} | more
    return workflow.record_sending(review=review, on=on or timezone.localdate(now), by=by, now=now, **facts)


def reply(review: RapidReview, kind: Reply = Reply.AGREE, *, by: User | None = None, now: datetime, **more: Any) -> Any:
    """The national Panel's reply of the day of `now`."""
    facts = {"on": timezone.localdate(now), "text": f"We have read the rapid review about {SECRET}."} | more
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    return workflow.record_reply(review=review, kind=kind, by=by, now=now, **facts)


def rapid_review_at(
    status: Status,
    *,
    referral: Referral | None = None,
    by: User | None = None,
    now: datetime | None = None,
    outcome: Outcome = Outcome.LCSPR,
    late_reason: str = "",
    told: str = "",
    **facts: Any,
) -> RapidReview:
    """A rapid review at `status`; everything happens at `now`. `facts` go to the case (see referral_at).

    A case in hand may be given as `referral`, accepted. Needs the cast: business manager, chair, three partners.
    """
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    referral = referral or referral_at(CaseStatus.ACCEPTED, by=by, now=now, **facts)
    review = workflow.open_for(referral=referral, by=by, now=now)
    if status == Status.CIRCULATED:
        review = rapid_review_at(Status.DRAFTING, referral=referral, by=by, now=now)
        return circulated(review=review, now=now)
    if status == Status.WITHDRAWN:
        workflow.withdraw(review=review, reason=f"Not serious harm after all; {SECRET} recovered.", by=by, now=now)
        return RapidReview.objects.get(pk=review.pk)
    for step in ORDER[1 : ORDER.index(status) + 1]:
        _step(step, review, by=by, now=now, outcome=outcome, late_reason=late_reason, told=told)
    return RapidReview.objects.get(pk=review.pk)


def _step(
    to: Status, review: RapidReview, *, by: User, now: datetime, outcome: Outcome, late_reason: str, told: str
) -> None:
    if to == Status.GATHERING:
        workflow.start_gathering(review=review, by=by, now=now)
    elif to == Status.DRAFTING:
        workflow.start_drafting(review=review, by=by, now=now)
    elif to == Status.RECOMMENDED:
        draft(review, by=by, now=now, outcome=outcome)
        workflow.record_recommendation(review=review, by=by, now=now)
    elif to == Status.DECIDED:
        decide_all(review, now=now)
    elif to == Status.SENT:
        write_sections(review, by=by, now=now)
        send(review, by=by, now=now, late_reason=late_reason, told=told)
    else:
        reply(review, by=by, now=now)
