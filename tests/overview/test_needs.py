"""The registry of what needs a person: its order is the order of the law."""

from datetime import date

import pytest

from core import needs
from core.needs import Need

TODAY = date(2026, 11, 23)


def need(what: str, due: date | None = None, *, statutory: bool = False) -> Need:
    return Need(what=what, url="/", due=due, statutory=statutory)


@pytest.fixture
def providers(monkeypatch):
    found = []
    monkeypatch.setattr(needs, "_providers", found)
    return found


def test_what_has_a_day_in_law_comes_first_then_what_has_a_day_then_the_rest(providers):
    needs.register(lambda user, today: [need("no day"), need("our own day", date(2026, 11, 1))])
    needs.register(lambda user, today: [need("law, later", date(2026, 12, 1), statutory=True)])
    needs.register(lambda user, today: [need("law, late", date(2026, 11, 20), statutory=True)])
    assert [n.what for n in needs.collect(None, TODAY)] == ["law, late", "law, later", "our own day", "no day"]


def test_a_provider_registered_twice_is_asked_once(providers):
    def provider(user, today):
        return [need("once")]

    needs.register(provider)
    needs.register(provider)
    assert len(needs.collect(None, TODAY)) == 1


@pytest.mark.parametrize(
    ("due", "late"), [(None, False), (TODAY, False), (date(2026, 11, 24), False), (date(2026, 11, 22), True)]
)
def test_due_today_is_in_time(due, late):
    assert need("x", due).late_on(TODAY) is late
