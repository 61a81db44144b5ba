"""The registry of what needs attention."""

from datetime import UTC, datetime

import pytest

from core import attention
from core.attention import Item

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(attention, "_providers", {})


def test_urgent_comes_first_and_the_order_of_the_rest_stays():
    items = [Item("a", "/"), Item("b", "/", urgent=True), Item("c", "/")]
    attention.register("Things", lambda now: items)
    (section,) = attention.collect(NOW)
    assert [item.text for item in section.items] == ["b", "a", "c"]


def test_sections_stand_in_order_of_registration_once_each():
    attention.register("Second", lambda now: [])
    attention.register("First", lambda now: [])
    attention.register("Second", lambda now: [Item(str(now.year), "/")])
    sections = attention.collect(NOW)
    assert [section.title for section in sections] == ["Second", "First"]
    assert sections[0].items[0].text == "2026"
