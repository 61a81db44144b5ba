"""Parallel proceedings and practitioner events: what they hold, and when they ask for something."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import WorkflowError
from practice_reviews.choices import Effect, EventKind
from practice_reviews.facts import days_for, holding_publication
from practice_reviews.needs.beside import needs
from practice_reviews.workflow import practitioners, proceedings
from rapid_reviews import workflow as rapid
from rapid_reviews.choices import ProceedingKind
from tests.cast import sign_in
from tests.practice_reviews.factories_beside import case_review, learning_review
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def record(review, cast, **over):
    facts = {"kind": ProceedingKind.CRIMINAL, "contact": "Inventshire Police", "standing": "Charged"} | over
    return proceedings.record_proceeding(review=review, by=cast.business_manager, now=NOW, **facts)


def test_publication_is_held_until_they_end(cast):
    review = learning_review()
    record(review, cast, kind=ProceedingKind.CDOP)
    record(review, cast, kind=ProceedingKind.CARE, effect=Effect.REDACT, effect_note="Leave the placement out.")
    assert holding_publication(review) == []
    trial = record(review, cast, effect=Effect.WAIT, effect_note="Not before the verdict.")
    assert holding_publication(review) == [trial]
    with pytest.raises(WorkflowError, match="effect on publication"):
        record(review, cast, effect=Effect.WAIT)
    proceedings.end_proceeding(proceeding=trial, ended_on=TODAY, outcome="Convicted.", by=cast.chair, now=NOW)
    assert holding_publication(review) == []
    proceedings.reopen_proceeding(proceeding=trial, standing="Appeal", by=cast.chair, now=NOW)
    assert holding_publication(review) == [trial]


def test_what_the_rapid_review_lists_is_taken_over_once(cast):
    review = case_review()
    for kind, effect in ((ProceedingKind.INQUEST, "Publish after it."), (ProceedingKind.CDOP, "")):
        rapid.save_proceeding(
            review=review.referral.rapid_review, uuid=uuid.uuid4(), kind=kind, contact="Office", state="Open",
            effect=effect, version=0, by=cast.business_manager, now=NOW,
        )  # fmt: skip
    page = reverse("practice_reviews:proceedings", args=[review.reference])
    browser = sign_in(cast.chair)
    assert "Take them over" in browser.get(page).content.decode()
    browser.post(reverse("practice_reviews:proceeding-carry", args=[review.reference]))
    assert [(row.kind, row.effect) for row in review.proceedings.order_by("pk")] == [
        ("inquest", Effect.WAIT),
        ("cdop", Effect.NONE),
    ]
    assert proceedings.carry_over(review=review, by=cast.chair, now=NOW) == []
    shown = browser.get(page).content.decode()
    assert "Take them over" not in shown
    assert "Publication waits for: Inquest" in shown


def test_dates_ask_and_stand_in_the_calendar_never_through_a_wall(cast):
    review = case_review()
    late = record(review, cast, next_on=TODAY - timedelta(days=1))
    record(review, cast, kind=ProceedingKind.INQUEST, next_on=TODAY + timedelta(days=5))
    record(review, cast, kind=ProceedingKind.CARE, next_on=TODAY + timedelta(days=40))
    practitioners.plan_event(
        review=review, kind=EventKind.LEARNING, planned_on=TODAY + timedelta(days=3), by=cast.chair, now=NOW
    )
    mine = [one for one in needs(cast.chair, TODAY) if one.about == review.reference]
    assert [(one.what, one.due) for one in mine] == [
        ("Say what became of parallel proceedings", late.next_on),
        ("Parallel proceedings have a date", TODAY + timedelta(days=5)),
    ]
    days = list(days_for(cast.member, today=TODAY))
    assert sorted((day.on - TODAY).days for day in days) == [3, 5, 40]
    assert {day.title.split(":")[0] for day in days} == {review.reference}
    wall_off(review.referral, cast.member)
    assert list(days_for(cast.member, today=TODAY)) == []


def test_an_event_is_planned_held_and_counted(cast):
    review = learning_review()
    schools, hospital = cast.agencies.schools, cast.agencies.hospital
    event = practitioners.plan_event(
        review=review, kind=EventKind.LEARNING, planned_on=TODAY, invited={schools: 6, hospital: 4},
        by=cast.chair, now=NOW,
    )  # fmt: skip
    with pytest.raises(WorkflowError, match="has not come yet"):
        practitioners.hold_event(
            event=event, held_on=TODAY + timedelta(days=1), learning="Much.", by=cast.chair, now=NOW
        )
    browser = sign_in(cast.business_manager)
    page = reverse("practice_reviews:event-held", args=[review.reference, event.pk])
    day = {"held_on_0": TODAY.day, "held_on_1": TODAY.month, "held_on_2": TODAY.year}
    refused = browser.post(page, day | {f"count_{schools.pk}": "5"}).content.decode()
    assert "Enter what was learned" in refused
    browser.post(page, day | {f"count_{schools.pk}": "5", "learning": "Ring, do not write."})
    counted = review.practitioner_events.with_counts().get()
    assert (counted.status, counted.invited, counted.attended) == ("held", 10, 5)
    assert (
        "Ring, do not write."
        in browser.get(reverse("practice_reviews:practitioners", args=[review.reference])).content.decode()
    )
