import pytest

from deadlines import calendar


@pytest.fixture
def known(db):
    """The calendar as seeded: the bank holidays of England and Wales from 2012 to 2028."""
    return calendar.current()
