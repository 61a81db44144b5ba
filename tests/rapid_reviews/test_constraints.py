"""The database refuses nonsense, whoever writes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from core.errors import UnguardedWrite
from core.guard import workflow as guarded
from rapid_reviews.choices import SectionKey
from rapid_reviews.models import PartnerDecision, RapidReview, Recommendation, Section
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import decide_all, draft, rapid_review_at, write_sections

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@guarded
def update(queryset, **values):
    queryset.update(**values)


def assert_refused(queryset, name, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        update(queryset, **values)


def test_rows_are_written_by_the_workflow_only(cast):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    for row in (review, review.recommendation, review.recommendation.decisions.first()):
        with pytest.raises(UnguardedWrite):
            row.save()
        with pytest.raises(UnguardedWrite):
            row.delete()
    with pytest.raises(UnguardedWrite):
        RapidReview.objects.update(status=Status.SENT)


def test_sent_has_a_date_a_sender_and_a_wait(cast):
    assert_refused(RapidReview.objects.filter(pk=rapid_review_at(Status.DECIDED, now=NOW).pk),
            "rapid_reviews_sent_when_and_by", status=Status.SENT)  # fmt: skip


def test_nothing_is_sent_or_decided_without_a_decision(cast):
    review = RapidReview.objects.filter(pk=rapid_review_at(Status.RECOMMENDED, now=NOW).pk)
    assert_refused(review, "rapid_reviews_nothing_sent_undecided", status=Status.DECIDED)


def test_sent_says_when_by_whom_and_what_is_awaited(cast):
    review = RapidReview.objects.filter(pk=rapid_review_at(Status.SENT, now=NOW).pk)
    assert_refused(review, "rapid_reviews_sent_when_and_by", sent_by=None)
    assert_refused(review, "rapid_reviews_sent_when_and_by", status=Status.GATHERING)


def test_withdrawn_says_when_by_whom_and_why(cast):
    review = RapidReview.objects.filter(pk=rapid_review_at(Status.WITHDRAWN, now=NOW).pk)
    assert_refused(review, "rapid_reviews_withdrawn_when_by_and_why", withdrawal_reason="")
    assert_refused(review, "rapid_reviews_withdrawn_when_by_and_why", withdrawn_on=None)


def test_partners_differ_only_while_recommended(cast):
    review = RapidReview.objects.filter(pk=rapid_review_at(Status.DRAFTING, now=NOW).pk)
    assert_refused(review, "rapid_reviews_differ_only_while_recommended", partners_differ_since=date(2026, 11, 23))


def test_a_case_has_at_most_one_rapid_review(cast):
    first, second = rapid_review_at(Status.OPENED, now=NOW), rapid_review_at(Status.OPENED, now=NOW)
    assert_refused(RapidReview.objects.filter(pk=second.pk), "referral_id", referral=first.referral)


def test_sections(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    write_sections(review, now=NOW)
    facts = Section.objects.filter(review=review, key=SectionKey.FACTS)
    assert_refused(facts, "rapid_reviews_complete_is_never_blank", text="")
    assert_refused(facts, "rapid_reviews_ready_or_complete", is_ready=True)
    assert_refused(facts, "rapid_reviews_not_known_needs_a_reason", is_unknown=True)
    assert_refused(facts, "rapid_reviews_safeguarding_is_of_a_child", key=SectionKey.SAFEGUARDING)
    assert_refused(facts, "rapid_reviews_one_section_each", key=SectionKey.AGENCIES)


def test_a_criterion_needs_a_reason_and_one_answer(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    answers = review.criterion_answers
    assert_refused(answers.filter(criterion="a"), "rapid_reviews_criterion_needs_a_reason", reason="")
    assert_refused(answers.filter(criterion="a"), "rapid_reviews_one_answer_per_criterion", criterion="b")


def test_one_draft_and_one_standing_recommendation(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    made = draft(review, now=NOW)

    @guarded
    def copy(**more):
        Recommendation(
            review=review, number=2, outcome="none", reason="x", met_on=NOW.date(), drafted_by=cast.chair,
            drafted_at=NOW, **more,
        ).save()  # fmt: skip

    with pytest.raises(IntegrityError, match="rapid_reviews_one_draft_recommendation"), transaction.atomic():
        copy()
    recorded = {"recorded_by": cast.chair, "recorded_at": NOW, "is_quorate": True}
    update(Recommendation.objects.filter(pk=made.pk), **recorded)
    with pytest.raises(IntegrityError, match="rapid_reviews_one_standing_recommendation"), transaction.atomic():
        copy(**recorded)


def test_not_quorate_without_a_ruling_is_refused(cast):
    made = Recommendation.objects.filter(pk=rapid_review_at(Status.RECOMMENDED, now=NOW).recommendation.pk)
    assert_refused(made, "rapid_reviews_not_quorate_needs_a_ruling", is_quorate=False)
    assert_refused(made, "rapid_reviews_recorded_when_and_by", recorded_by=None)
    assert_refused(made, "rapid_reviews_reopened_when_by_and_why", reopened_at=NOW, reopened_by=cast.chair)


def test_decisions(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    decide_all(review, now=NOW)
    la = PartnerDecision.objects.filter(partner="la")
    assert_refused(la, "rapid_reviews_decision_has_reasons", reasons="")
    assert_refused(la, "rapid_reviews_amendment_says_to_what", view="amend")
    assert_refused(la, "rapid_reviews_one_decision_each", partner="police")
    assert_refused(la, "rapid_reviews_only_partners_decide", partner="none")
    assert_refused(la, "rapid_reviews_nobody_decides_for_two", decided_by=cast.partner_police)


def test_a_conflicted_person_represents_nobody(cast):
    seats = rapid_review_at(Status.RECOMMENDED, now=NOW).recommendation.attendances.filter(represents="icb")
    assert_refused(seats, "rapid_reviews_conflicted_represents_nobody", is_conflicted=True)
