"""What the Panel sees of returns: the board, the pages of requests, the trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency_returns.states import Status
from tests.agency_returns.factories import (
    TEXT,
    ask,
    contributor,
    request_at,
)
from tests.cast import sign_in
from tests.referrals.factories import SECRET

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def text_of(response):
    return response.content.decode()


def test_who_may_not_see_names_does_not_read_returns(cast):
    request = request_at(Status.RETURNED)
    address = request.get_absolute_url()
    assert TEXT in text_of(sign_in(cast.member).get(address))
    for person in (cast.partner_la, cast.scrutineer):
        text = text_of(sign_in(person).get(address))
        assert SECRET not in text
        assert "shown only to those who may see names" in text


def test_unsigned_words_are_not_for_the_panel(cast):
    request = request_at(Status.SIGNING)
    text = text_of(sign_in(cast.business_manager).get(request.get_absolute_url()))
    assert SECRET not in text
    assert "Awaiting sign-off" in text


def test_the_board_tells_states_apart(cast):
    client = sign_in(cast.business_manager)
    client.get("/returns/")
    for status in (Status.ASKED, Status.OPENED):
        request_at(status)
    late = ask(now=NOW - timedelta(days=20), due_in=1)
    text = text_of(client.get("/returns/"))
    for words in ("Asked (1)", "Opened (1)", "Late (1)"):
        assert words in text
    assert late.referral.reference in text_of(client.get("/returns/?state=late"))
    assert "None in this state" in text_of(client.get("/returns/?state=closed"))


def test_the_board_of_one_and_of_three_costs_the_same(cast):
    from django.db import connection  # noqa: PLC0415 - to count
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = sign_in(cast.business_manager)
    counted = []
    for more in (1, 2):
        for _ in range(more):
            ask()
        with CaptureQueriesContext(connection) as queries:
            client.get("/returns/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_links_are_managed_on_the_requests_page(cast):
    request = ask()
    client, address = sign_in(cast.business_manager), request.get_absolute_url()
    assert "1 link in use" in text_of(client.get(address))
    client.post(f"{address}again/")
    assert "2 links in use" in text_of(client.get(address))
    client.post(f"{address}revoke/")
    assert "No link is in use" in text_of(client.get(address))
    client.post(f"{address}close/")
    assert "Closed" in text_of(client.get(address))


def test_the_trail_says_who_without_an_account(cast):
    request = request_at(Status.RETURNED)
    text = text_of(sign_in(cast.chair).get(f"/cases/{request.referral.reference}/history/"))
    assert f"{request.lead_name}, {request.agency.name} submitted version 1" in text
    assert contributor(request).name in text
