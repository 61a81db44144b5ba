import pytest
import time_machine

from deadlines import calendar
from tests.deadlines.factories import at


@pytest.fixture
def known(db):
    """The calendar as seeded: the bank holidays of England and Wales from 2012 to 2028."""
    return calendar.current()


@pytest.fixture
def time_machine_at():
    """`time_machine_at("2026-11-23")` makes it ten in the morning of that day."""
    travellers = []

    def go(day: str, hour: int = 10) -> None:
        traveller = time_machine.travel(at(day, hour), tick=False)
        traveller.start()
        travellers.append(traveller)

    yield go
    for traveller in reversed(travellers):
        traveller.stop()
