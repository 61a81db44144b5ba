"""A circulation whose members change meanwhile: a conflict, and an answer handed to the deputy."""

import pytest

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from panel.roles import Role
from rapid_reviews import workflow
from rapid_reviews.choices import Answer
from rapid_reviews.models import Circulation, RapidReview
from rapid_reviews.needs import needs
from tests.cast import make_member
from tests.rapid_reviews.factories import circulated
from tests.rapid_reviews.test_circulation import NOW, TODAY, answer, mails, rows, url
from tests.referrals.factories import wall_off

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def test_who_gets_a_conflict_meanwhile_is_not_waited_for_and_does_not_count(cast):
    review = circulated(now=NOW)
    answer(review, cast.walled, Answer.DISAGREE, "Against it")
    wall_off(review.referral, cast.walled, now=NOW)
    wall_off(review.referral, cast.member, now=NOW)
    for person in (cast.chair, cast.deputy_chair, cast.second_member):
        answer(review, person)
    assert Circulation.objects.get().closed_at is None, "the deputy of the member is asked in their place"
    answer(review, cast.deputy)
    assert Circulation.objects.get().closed_at is not None
    with pytest.raises(WorkflowError, match="Not represented: police"):
        workflow.record_recommendation(review=RapidReview.objects.get(), by=cast.chair, now=NOW)
    workflow.record_recommendation(
        review=RapidReview.objects.get(), by=cast.chair, now=NOW, chair_ruling="It stands", ruled_by=cast.chair
    )
    assert not review.recommendation.dissents.exists()
    assert review.recommendation.attendances.get(membership__user=cast.walled).is_conflicted


def test_a_deputy_is_asked_when_the_member_gets_a_conflict_meanwhile(cast):
    review = circulated(now=NOW)
    assert workflow.sweep_circulations(now=NOW) == (0, 0)
    assert not rows().filter(membership__user=cast.deputy).exists()
    wall_off(review.referral, cast.member, now=NOW)
    wall_off(review.referral, cast.second_member, now=NOW)  # who has no deputy
    for _ in range(2):
        workflow.sweep_circulations(now=NOW)
    assert rows().filter(membership__user=cast.deputy).count() == 1
    assert mails("circulated").filter(recipient=cast.deputy).count() == 1
    assert "Answer the circulated recommendation" in [need.what for need in needs(cast.deputy, TODAY)]
    assert Event.objects.get(verb="rapid_review.deputy_asked").details["deputy"] == cast.deputy.name
    answer(review, cast.deputy)


def test_a_deputy_with_a_conflict_of_their_own_is_not_asked_meanwhile(cast):
    review = circulated(now=NOW)
    for person in (cast.member, cast.deputy):
        wall_off(review.referral, person, now=NOW)
    workflow.sweep_circulations(now=NOW)
    assert not rows().filter(membership__user=cast.deputy).exists()


def test_who_is_away_hands_the_answer_to_their_deputy(cast, sign_in):
    review = circulated(now=NOW)
    member, page = sign_in(cast.member), url(review, "circulation-hand-on")
    assert page in member.get(url(review, "circulation")).content.decode()
    assert "Say why your deputy answers" in member.post(page, {"reason": " "}).content.decode()
    for _ in range(2):
        assert member.post(page, {"reason": "On leave until January."}).status_code == 302
    [row] = rows().filter(membership__user=cast.deputy)
    assert mails("circulated").filter(recipient=cast.deputy).count() == 1
    assert "You handed your answer to Dee Sample" in member.get(url(review, "circulation")).content.decode()
    assert needs(cast.member, TODAY) == []
    with pytest.raises(WorkflowError, match="handed your answer to Dee Sample"):
        answer(review, cast.member)
    for person in (cast.chair, cast.deputy_chair, cast.second_member, cast.walled, cast.deputy):
        answer(review, person)
    row.refresh_from_db()
    assert (row.answer, Circulation.objects.get().closed_at) == (Answer.AGREE, NOW), "nobody waits for the member"
    assert "On leave until January." in sign_in(cast.chair).get(url(review, "circulation")).content.decode()


def test_who_cannot_hand_on(cast, sign_in):
    review = circulated(now=NOW)
    hand = lambda by: workflow.hand_to_deputy(review=review, reason="Away", by=by, now=NOW)  # noqa: E731 - short
    with pytest.raises(WorkflowError, match="no named deputy"):
        hand(cast.second_member)
    assert sign_in(cast.second_member).get(url(review, "circulation-hand-on")).status_code == 302
    with pytest.raises(NotPermitted, match="not among the members"):
        hand(cast.deputy)
    answer(review, cast.member)
    with pytest.raises(WorkflowError, match="nothing to hand on"):
        hand(cast.member)
    wall_off(review.referral, cast.deputy, now=NOW)
    make_member("Des Sample", Role.NAMED_DEPUTY, cast.agencies.icb, deputy_for=cast.chair.memberships.get())
    hand(cast.chair)
    assert rows().get(membership__user=cast.chair).handed_to.user.name == "Des Sample"
