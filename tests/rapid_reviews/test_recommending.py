"""Findings, the draft, its quorum, recording and reopening."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core.errors import WorkflowError
from notifications.models import Message
from panel.models import Membership
from rapid_reviews import workflow
from rapid_reviews.choices import CRITERIA, Criterion, Finding, Outcome, View
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import decide_all, draft, findings, panel_seats, rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))


def record(review, by):
    return workflow.record_recommendation(review=review, by=by, now=NOW)


def seats_but(*users):
    return [seat for seat in panel_seats(NOW) if seat.user not in users]


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("finding", Finding.values)
def test_every_criterion_needs_a_reason_whatever_the_finding(cast, criterion, finding):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    with pytest.raises(WorkflowError, match="Give the reason"):
        workflow.answer_criteria(review=review, answers={criterion: (finding, "  ")}, by=cast.member, now=NOW)


def test_a_circumstance_needs_one_unless_it_plainly_does_not_apply(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    answer = {Criterion.INSTITUTION: (Finding.NOT_MET, "")}
    workflow.answer_criteria(review=review, answers=answer, by=cast.member, now=NOW)
    answer = {Criterion.INSTITUTION: (Finding.NOT_CLEAR, "")}
    with pytest.raises(WorkflowError, match="Give the reason"):
        workflow.answer_criteria(review=review, answers=answer, by=cast.member, now=NOW)


def test_only_changed_findings_are_written(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    workflow.answer_criteria(review=review, answers=findings(), by=cast.member, now=NOW)
    changed = workflow.answer_criteria(
        review=review, answers=findings() | {Criterion.THEMES: (Finding.NOT_CLEAR, "Unsure")}, by=cast.chair, now=NOW
    )
    assert [a.criterion for a in changed] == [Criterion.THEMES]
    assert review.criterion_answers.get(criterion="a").answered_by == cast.member


def test_refused_while_a_criterion_has_no_finding(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    workflow.draft_recommendation(
        review=review, outcome=Outcome.NONE, reason="Learning is complete.", met_on=NOW.date(),
        present=panel_seats(NOW), by=cast.chair, now=NOW,
    )  # fmt: skip
    with pytest.raises(WorkflowError, match="has no finding"):
        record(review, cast.chair)


def test_refused_without_a_draft(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    workflow.answer_criteria(review=review, answers=findings(), by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="not written"):
        record(review, cast.chair)


def test_recorded_by_a_quorate_meeting(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    recommendation = review.recommendation
    assert recommendation.is_quorate
    assert recommendation.outcome == Outcome.LCSPR
    assert {a.represents for a in recommendation.attendances.all()} == {"icb", "la", "police"}
    assert review.clock.milestone_clocks.get(code="rr-meeting").completed_on == NOW.date()


def test_not_quorate_needs_the_chairs_ruling(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    draft(review, now=NOW, present=seats_but(cast.partner_police))
    with pytest.raises(WorkflowError, match=r"Not represented: police\. The chair’s ruling"):
        record(review, cast.chair)
    draft(review, now=NOW, present=seats_but(cast.partner_police), chair_ruling="Police agreed by phone.",
          ruled_by=cast.chair)  # fmt: skip
    record(review, cast.business_manager)
    assert review.recommendation.is_quorate is False


def test_only_a_chair_rules(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    draft(review, now=NOW, present=seats_but(cast.partner_la), chair_ruling="It stands.", ruled_by=cast.member)
    with pytest.raises(WorkflowError, match="Only the chair"):
        record(review, cast.business_manager)


def test_a_conflicted_member_does_not_count(cast):
    """The police are represented by the walled member only: not quorate."""
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    wall_off(review.referral, cast.walled, now=NOW)
    seats = [*seats_but(cast.partner_police), Membership.objects.get(user=cast.walled)]
    recommendation = draft(review, now=NOW, present=seats)
    assert recommendation.attendances.get(membership__user=cast.walled).is_conflicted
    with pytest.raises(WorkflowError, match="Not represented: police"):
        record(review, cast.chair)


def test_a_meeting_in_the_future_is_refused(cast):
    with pytest.raises(WorkflowError, match="not come yet"):
        draft(rapid_review_at(Status.DRAFTING, now=NOW), now=NOW, met_on=date(2026, 12, 24))


def test_saving_the_draft_again_replaces_it(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    draft(review, now=NOW)
    draft(review, now=NOW, outcome=Outcome.NONE, present=panel_seats(NOW)[:1])
    only = review.recommendations.get()
    assert (only.outcome, only.attendances.count()) == (Outcome.NONE, 1)


def test_the_partners_are_asked_by_nameless_mail(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    mails = Message.objects.filter(kind="rapid-review-decision-wanted")
    assert {m.recipient for m in mails} == {cast.partner_la, cast.partner_icb, cast.partner_police}
    for mail in mails:
        assert review.referral.reference in mail.subject
        assert "Rowan" not in mail.subject + mail.text
        assert "Zebediah" not in mail.subject + mail.text


def test_a_walled_partner_gets_no_mail(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    wall_off(review.referral, cast.partner_police, now=NOW)
    draft(review, now=NOW)
    with pytest.raises(WorkflowError, match="Not represented"):
        record(review, cast.chair)
    draft(review, now=NOW, chair_ruling="The police’s second in line agreed.", ruled_by=cast.deputy_chair)
    record(review, cast.business_manager)
    assert not Message.objects.filter(kind="rapid-review-decision-wanted", recipient=cast.partner_police).exists()


def test_reopened_is_kept_with_its_decisions_and_a_new_one_follows(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    decide_all(review, now=NOW, views={"police": View.DISAGREE})
    workflow.reopen_recommendation(review=review, reason="The partners differ.", by=cast.chair, now=NOW)
    review.refresh_from_db()
    assert (review.status, review.partners_differ_since) == (Status.DRAFTING, None)
    draft(review, now=NOW, outcome=Outcome.MULTI_AGENCY)
    record(review, cast.chair)
    first, second = review.recommendations.all()
    assert (first.number, second.number) == (1, 2)
    assert first.decisions.filter(view=View.DISAGREE).count() == 1
    assert second.decisions.count() == 0


def test_reopening_needs_a_reason(cast):
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.reopen_recommendation(
            review=rapid_review_at(Status.RECOMMENDED, now=NOW), reason=" ", by=cast.chair, now=NOW
        )


def post(client, review, name, **data):
    return client.post(reverse(f"rapid_reviews:{name}", args=[review.referral.reference]), data)


def test_page_to_check_answers_to_recorded(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client = sign_in(cast.chair)
    answers = {f"{c.value}-finding": f.value for c, (f, _) in findings().items()}
    answers |= {f"{c.value}-reason": reason for c, (_, reason) in findings().items()}
    assert post(client, review, "criteria-edit", **answers).status_code == 302
    today = date.today()  # noqa: DTZ011 - what the person types
    form = {"outcome": "none", "reason": "It would add.", "met_on_0": today.day, "met_on_1": today.month,
            "met_on_2": today.year, "present": [m.pk for m in Membership.objects.filter(user__in=[
                cast.partner_la, cast.partner_icb])]}  # fmt: skip
    response = post(client, review, "recommendation-edit", **form)
    assert response.url.endswith("/recommendation/check/")
    page = client.get(response.url).content.decode()
    assert "Not quorate. Not represented: police." in page
    assert "Record the recommendation" not in page
    form["present"].append(Membership.objects.get(user=cast.walled).pk)
    post(client, review, "recommendation-edit", **form)
    page = client.get(response.url).content.decode()
    assert "Quorate: all three" in page
    assert post(client, review, "recommendation-check").status_code == 302
    review.refresh_from_db()
    assert review.status == Status.RECOMMENDED


def test_criteria_page_wants_the_reason_and_keeps_the_rest(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    page = post(sign_in(cast.member), review, "criteria-edit", **{"a-finding": "met", "b-reason": "Seen before"})
    text = page.content.decode()
    assert "Give the reason: (a)" in text
    assert "Select a finding: (b)" in text
    assert "Seen before" in text
    assert not review.criterion_answers.exists()
