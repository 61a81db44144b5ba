import pytest

from referrals.states import Status
from tests.referrals.factories import referral_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_through_the_workflow(cast, status):
    assert referral_at(status).status == status
