"""Publishing refuses, each with its sentence; when it goes ahead, the clocks stop and start."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from core.errors import WorkflowError
from core.guard import workflow as guarded
from documents.workflow import withdraw
from notifications.models import Message
from practice_reviews.choices import Effect
from practice_reviews.models import ParallelProceeding
from practice_reviews.states import Status as ReviewStatus
from publications import facts, workflow
from publications.choices import PARTNERS, Authority, Place, StepKind, Subject
from publications.disclosure import gate
from publications.models import Publication
from publications.states import Status
from publications.workflow import NotReadyError
from rapid_reviews.choices import ProceedingKind
from tests.publications.factories import (
    agree,
    agree_all,
    pdf_file,
    planned,
    publication_at,
    ready,
    review,
    save_strategy,
    send_copies,
    with_words,
    working_day,
)
from tests.referrals.factories import SECRET, person_with, wall_off

pytestmark = pytest.mark.django_db


def refused(publication, now, by) -> list[str]:
    with pytest.raises(NotReadyError) as error:
        workflow.publish(publication=publication, by=by, now=now)
    publication.refresh_from_db()
    assert publication.status == Status.PLANNED
    return error.value.sentences


def test_an_empty_plan_says_everything_that_is_missing(cast):
    publication = planned(review(status=ReviewStatus.DRAFTED), on=working_day(10))
    assert refused(publication, timezone.now(), cast.chair) == [
        "The review is not signed off: it stands at “Draft with the agencies”.",
        "The published report has no title or public address yet.",
        "There is no report to publish: neither a file nor a public text.",
        "Nobody could find the report: the public page is off and no other address is entered.",
        "The local authority has not agreed to the report as it now stands.",
        "The integrated care board has not agreed to the report as it now stands.",
        "The police have not agreed to the report as it now stands.",
        "The local authority has not agreed to the media strategy.",
        "The integrated care board has not agreed to the media strategy.",
        "The police have not agreed to the media strategy.",
        "The full report has not been sent to the National Panel (7 working days before publication).",
        "The full report has not been sent to the Secretary of State (7 working days before publication).",
        f"Publication is planned for {publication.planned_on:%A} {publication.planned_on.day} "
        f"{publication.planned_on:%B %Y}. Move the date to publish earlier.",
    ]


def test_each_missing_thing_alone_stops_it_with_its_sentence(cast, monkeypatch):
    publication, now = ready()
    monkeypatch.setattr(gate, "blocking_reasons", lambda publication, *, on: ["3 findings are open."])
    assert refused(publication, now, cast.chair) == ["3 findings are open."]
    monkeypatch.setattr(gate, "blocking_reasons", lambda publication, *, on: [])
    hold = _proceeding(publication)
    assert refused(publication, now, cast.chair) == ["Publication waits for parallel proceedings: inquest."]
    assert SECRET not in refused(publication, now, cast.chair)[0]
    _end(hold)
    withdraw(document=publication.report, reason="Wrong file.", by=cast.chair, now=timezone.now())
    assert "is not available" in refused(publication, now, cast.chair)[0]


def _proceeding(publication):
    make = guarded(lambda **facts: ParallelProceeding.objects.create(**facts))
    return make(
        review=publication.practice_review, kind=ProceedingKind.INQUEST, contact=f"Officer of {SECRET}",
        standing="Opened", effect=Effect.WAIT, effect_note="Wait.", recorded_by=publication.planned_by,
        recorded_at=timezone.now(),
    )  # fmt: skip


def _end(hold):
    guarded(lambda: hold.delete())()


def test_another_text_asks_for_approval_again(cast):
    publication, now = ready()
    approved = publication.steps.get(kind=StepKind.APPROVAL_LA)
    assert approved.done_on == timezone.localdate()
    with_words(publication, slug="child-q", external="https://elsewhere.example/report")
    assert not Message.objects.filter(kind="publication-agree-again").exists(), "an address is not what they approved"
    workflow.keep_report(publication=publication, file=pdf_file(width=400), by=cast.chair, now=timezone.now())
    assert [s for s in refused(publication, now, cast.chair) if "report as it now stands" in s] != []
    assert publication.steps.get(kind=StepKind.APPROVAL_LA).done_on is None
    again = Message.objects.filter(kind="publication-agree-again")
    assert set(again.values_list("recipient", flat=True)) == {
        cast.partner_la.pk, cast.partner_icb.pk, cast.partner_police.pk
    }  # fmt: skip


def test_another_strategy_is_a_new_version_and_agreed_again(cast):
    publication, now = ready()
    first = publication.strategies.get()
    assert save_strategy(publication) == first, "the same words again make no version"
    second = save_strategy(publication, embargo="Until 11am")
    assert (first.number, second.number) == (1, 2)
    assert len([s for s in refused(publication, now, cast.chair) if "media strategy" in s]) == 3
    assert publication.steps.get(kind=StepKind.STRATEGY).done_on is None
    agree(publication, Subject.STRATEGY, PARTNERS[0])
    assert len([s for s in refused(publication, now, cast.chair) if "media strategy" in s]) == 2


def test_an_agreement_is_to_the_words_that_were_read(cast):
    publication = with_words(planned())
    seen = publication.fingerprint
    with_words(publication, slug="other")
    workflow.save_text(
        publication=publication,
        text=workflow.PublicText(title="Other", slug="other"),
        by=cast.chair,
        now=timezone.now(),
    )
    facts = {"partner": "la", "name": "Lou Partner", "agreed_on": timezone.localdate(), "now": timezone.now()}
    with pytest.raises(WorkflowError, match="have changed since"):
        workflow.agree(publication=publication, subject=Subject.REPORT, fingerprint=seen, by=cast.partner_la, **facts)
    present = Publication.objects.get(pk=publication.pk).fingerprint
    other = facts | {"partner": "police"}
    with pytest.raises(WorkflowError, match="Only the partner itself"):
        workflow.agree(
            publication=publication, subject=Subject.REPORT, fingerprint=present, by=cast.partner_la, **other
        )
    workflow.agree(publication=publication, subject=Subject.REPORT, fingerprint=present, by=cast.partner_la, **facts)
    assert publication.agreements.get().recorded_by == cast.partner_la


def test_copies_that_went_out_too_late_name_the_first_day(cast):
    publication, _ = ready()
    bm = cast.business_manager
    day = working_day(6)
    at = timezone.now() + timedelta(days=(day - timezone.localdate()).days)
    workflow.move_date(publication=publication, to=day, reason="Sooner.", by=bm, now=timezone.now())
    found = refused(publication, at, cast.chair)
    assert len(found) == 2
    first = working_day(7)
    assert f"too late for publication on {day:%A} {day.day} {day:%B %Y}" in found[0]
    assert f"the first day with 7 working days before it is {first:%A} {first.day} {first:%B %Y}" in found[0]


def test_publishing_stops_the_six_months_and_begins_the_year(cast):
    publication, now = ready()
    day = timezone.localdate(now)
    workflow.publish(publication=publication, by=cast.business_manager, now=now)
    publication.refresh_from_db()
    clock = publication.practice_review.clock
    clock.refresh_from_db()
    assert (clock.completed_on, clock.was_late) == (day, False)
    assert publication.available_clock.due_on == day.replace(year=day.year + 1)
    assert publication.available_clock.label == publication.practice_review.referral.reference
    assert publication.published_fingerprint == publication.fingerprint
    assert publication.steps.get(kind=StepKind.GO_LIVE).done_on == day
    assert publication.addresses.get().place == Place.OWN
    assert Event.objects.get(verb="publication.published").actor == cast.business_manager
    letter = Message.objects.filter(kind="publication-published").first()
    assert letter.subject.endswith(f"{publication.reference}: the report is published")
    with pytest.raises(WorkflowError, match="only while the publication is planned"):
        with_words(publication)
    cases = [publication.practice_review.referral_id]
    assert [one.status for one in facts.published_between(day, day, cases)] == ["Published"]
    assert facts.published_between(day, day, []) == []
    assert facts.planned_on(day, cases) == []


def test_after_six_months_it_asks_why(cast):
    publication, _ = ready()
    clock = publication.practice_review.clock
    late = timezone.make_aware(datetime.combine(clock.due_on + timedelta(days=5), time(12)))
    with pytest.raises(WorkflowError, match="so it is late"):
        workflow.publish(publication=publication, by=cast.chair, now=late)
    workflow.publish(publication=publication, by=cast.chair, now=late, late_reason="Trial.", told="National Panel")
    clock.refresh_from_db()
    assert (clock.was_late, clock.told) == (True, "National Panel")


def test_taken_down_early_withdraws_the_year_and_planned_again_asks_for_everything(cast):
    publication, now = publication_at(Status.TAKEN_DOWN)
    clock = publication.available_clock
    assert clock.withdrawn_reason == "Taken down early: A mistake in it."
    assert publication.addresses.count() == 0
    workflow.plan_again(publication=publication, planned_on=working_day(15, now), by=cast.chair, now=now)
    publication.refresh_from_db()
    assert (publication.status, publication.round, publication.published_on) == (Status.PLANNED, 2, None)
    later = now + timedelta(days=30)
    missing = refused(publication, later, cast.chair)
    assert len(missing) == 8, "six agreements and two copies"
    assert publication.agreements.count() == 6, "what was agreed to in the first round stays on record"
    agree_all(publication, now=now)
    send_copies(publication, now=now)
    workflow.publish(publication=publication, by=cast.chair, now=later)
    assert Publication.objects.get().available_clock != clock


def test_after_its_year_it_may_go_and_the_clock_is_met(cast):
    publication, now = publication_at(Status.PUBLISHED)
    assert workflow.end_the_year(now=now + timedelta(days=360)) == 0
    later = now + timedelta(days=370)
    assert workflow.end_the_year(now=later) == 1
    assert workflow.end_the_year(now=later) == 0
    publication.available_clock.refresh_from_db()
    assert publication.available_clock.completed_on == publication.available_clock.due_on
    workflow.take_down(publication=publication, reason="Its year is over.", by=cast.chair, now=later)
    assert Publication.objects.get().status == Status.TAKEN_DOWN


def test_withholding_keeps_why_who_was_told_and_what_they_said(cast):
    publication, now = publication_at(Status.WITHHELD)
    decision, bm, day = publication.withholdings.get(), cast.business_manager, timezone.localdate(now)
    for authority in Authority:
        workflow.record_told(publication=publication, authority=authority, told_on=day, by=bm, now=now)
    decision.refresh_from_db()
    assert decision.is_told
    about = {
        "authority": Authority.NATIONAL_PANEL,
        "received_on": day,
        "text": "Publish a summary.",
        "response": "Done.",
    }
    for _ in range(2):
        workflow.record_comment(publication=publication, by=bm, now=now, **about)
    assert publication.comments.get().text == "Publish a summary."
    before = day - timedelta(days=1)
    with pytest.raises(WorkflowError, match="day from the decision"):
        workflow.record_told(publication=publication, authority=authority, told_on=before, by=bm, now=now)
    workflow.plan_again(publication=publication, planned_on=working_day(9, now), by=bm, now=now)
    decision.refresh_from_db()
    assert decision.ended_on == day


def test_withholding_needs_both_texts(cast):
    publication = with_words(planned())
    for gap in ({"justification": " "}, {"improvements": ""}):
        texts = {"justification": "Harm.", "improvements": "Better."} | gap
        with pytest.raises(WorkflowError, match=r"Say why|Write the information"):
            workflow.withhold(publication=publication, by=cast.chair, now=timezone.now(), **texts)


def test_the_day_is_ticked_off_by_whom_and_when(cast):
    publication, now = ready()
    bm = person_with("business_manager", now)
    item = workflow.add_item(
        publication=publication, at=time(9, 45), what="Call the spokesperson", phone="0121 496 0001", by=bm, now=now
    )  # fmt: skip
    workflow.tick_item(item=item, done=True, by=bm, now=now)
    item.refresh_from_db()
    assert (item.ticked_by, item.ticked_at) == (bm, now)
    with pytest.raises(WorkflowError, match="ticked off, so it stays"):
        workflow.remove_item(item=item, by=bm, now=now)
    workflow.tick_item(item=item, done=False, by=bm, now=now)
    workflow.remove_item(item=item, by=bm, now=now)
    assert not publication.day_items.filter(what="Call the spokesperson").exists()


def test_no_letter_goes_through_a_wall(cast):
    publication = planned()
    wall_off(publication.practice_review.referral, cast.walled)
    leads = [{"partner": "police", "name": "Wyn", "phone": "", "email": cast.walled.email}]
    with pytest.raises(WorkflowError, match="conflict of interest"):
        save_strategy(publication, leads=leads)
