"""The named deputy counts at a meeting for the member with the conflict: for that member's agency."""

import pytest
from django.utils import timezone

from panel.models import Membership
from panel.roles import Role, StatutoryRole
from rapid_reviews.forms.recommending import PresentField
from rapid_reviews.quorum import represented_by
from rapid_reviews.states import Status
from rapid_reviews.workflow import draft_recommendation
from rapid_reviews.workflow.recommending import quorum_of
from referrals import workflow
from tests.cast import make_member
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand_in(cast):
    """The deputy of cast.walled (police); from the hospital, so that the agencies can be told apart."""
    return make_member(
        "Des Sample", Role.NAMED_DEPUTY, cast.agencies.hospital, deputy_for=cast.walled.memberships.get()
    )


def seat(person):
    return Membership.objects.select_related("agency", "deputy_for__agency", "deputy_for__user", "user").get(
        user=person
    )


def draft(review, *people):
    return draft_recommendation(
        review=review, outcome="lcspr", reason="It would add something.", met_on=timezone.localdate(),
        present=[seat(person) for person in people], by=review.opened_by, now=timezone.now(),
    )  # fmt: skip


def represented(*people, conflicted=()):
    return represented_by([seat(person) for person in people], {person.pk for person in conflicted})


def test_the_deputy_stands_for_the_members_agency_while_the_member_is_away_or_conflicted(cast, stand_in):
    nobody, police = StatutoryRole.NONE, StatutoryRole.POLICE
    assert represented(stand_in) == [police]
    assert represented(stand_in, cast.walled) == [nobody, police]
    assert represented(stand_in, cast.walled, conflicted=[cast.walled]) == [police, nobody]
    assert represented(stand_in, conflicted=[cast.walled, stand_in]) == [nobody]


def test_the_meeting_is_quorate_by_the_deputy(cast, stand_in):
    review = rapid_review_at(Status.DRAFTING)
    wall_off(review.referral, cast.walled)
    assert not quorum_of(draft(review, cast.partner_la, cast.partner_icb, cast.walled)).is_met
    assert quorum_of(draft(review, cast.partner_la, cast.partner_icb, stand_in, cast.walled)).is_met
    workflow.end_conflict(conflict=review.referral.conflicts.get(), reason="Left.", by=cast.chair, now=timezone.now())
    assert quorum_of(draft(review, cast.partner_la, cast.partner_icb, stand_in)).is_met


def test_the_form_says_for_whom_they_act(cast, stand_in):
    field = PresentField(queryset=Membership.objects.all())
    assert field.label_from_instance(seat(stand_in)).endswith("for Wyn Sample, if they are away")
    field.walled = frozenset({cast.walled.pk})
    assert field.label_from_instance(seat(stand_in)).endswith("acts for Wyn Sample, Police")
    assert "does not count" in field.label_from_instance(seat(cast.walled))
