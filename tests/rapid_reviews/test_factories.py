import pytest

from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status.values)
def test_reaches_every_status(cast, status):
    assert rapid_review_at(Status(status)).status == status
