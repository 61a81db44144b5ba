from datetime import UTC, datetime

import pytest
import time_machine

from audit.workflow import record
from core import walls

CHANGELIST = "/admin/audit/event/"


@pytest.fixture
def trail(cast):
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False):
        record("test.one", by=cast.chair, reference="CSPR-2026-014", text="Because one.")
        record("test.two", by=cast.member, reference="CSPR-2026-015", text="Because two.")


def shown(client, query: str = "") -> set[str]:
    events = client.get(CHANGELIST + query).context["cl"].queryset
    return {event.verb for event in events if event.verb.startswith("test.")}


def test_the_trail_as_sentences(business_manager_client, trail):
    page = business_manager_client.get(CHANGELIST).content.decode()
    assert "Cora Example: test one. Because one." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=CSPR-2026-014", {"test.one"}), ("?q=Mel Sample", {"test.two"}), ("?verb=test.one", {"test.one"})],
)
def test_find(business_manager_client, trail, query, found):
    assert shown(business_manager_client, query) == found


def test_a_wall_holds_here(business_manager_client, trail, monkeypatch):
    monkeypatch.setattr(walls, "_providers", [lambda user: ["CSPR-2026-014"]])
    assert shown(business_manager_client) == {"test.two"}


def test_nothing_is_changed_here(business_manager_client, trail):
    event = record("test.three", by=None)
    assert business_manager_client.get(f"{CHANGELIST}add/").status_code == 403
    assert business_manager_client.get(f"{CHANGELIST}{event.pk}/change/").status_code == 200
    assert business_manager_client.post(f"{CHANGELIST}{event.pk}/change/", {"text": "x"}).status_code == 403
    assert business_manager_client.post(f"{CHANGELIST}{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_others_do_not_see_the_trail(sign_in, cast, trail):
    for person in (cast.member, cast.scrutineer, cast.outsider):
        assert sign_in(person).get(CHANGELIST).status_code in (403, 404)
