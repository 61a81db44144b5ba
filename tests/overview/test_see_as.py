"""Seeing it as another person: a wall is proved by it, nothing is opened by it."""

import pytest
from django.db import connection
from django.urls import reverse

from audit.models import Event
from notifications.workflow import queue
from rapid_reviews.states import Status
from referrals.models import Referral
from tests.notifications.factories import letter
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast):
    """One that everybody sees, one with a wall before cast.walled."""
    open_, closed = (rapid_review_at(Status.RECOMMENDED).referral for _ in range(2))
    wall_off(closed, cast.walled)
    return open_, closed


def look(client, person, **query):
    return client.get(reverse("overview:see-as", args=[person.pk]), query)


@pytest.mark.parametrize("viewer", ["chair", "business_manager"])
def test_a_wall_is_proved(cast, sign_in, cases, viewer):
    open_, closed = cases
    client = sign_in(getattr(cast, viewer))
    for person, exists in ((cast.walled, False), (cast.member, True)):
        page = look(client, person).content.decode()
        assert open_.reference in page
        assert (closed.reference in page) == exists
        assert f"This is what {person.name} sees today" in page
        asked = look(client, person, reference=closed.reference).content.decode()
        assert ("there is no case" in asked) != exists
        assert sign_in(person).get(closed.get_absolute_url()).status_code == (200 if exists else 404)


def test_counts_and_board_are_the_persons_own(cast, sign_in, cases):
    for person in (cast.walled, cast.member, cast.outsider, cast.invited, cast.partner_la):
        sight = look(sign_in(cast.chair), person).context["sight"]
        own = Referral.objects.visible_to(person).recorded()
        assert set(sight.cases) == set(own)
        assert sight.counts[0] == ("All cases", own.count())
        board = sign_in(person).get(reverse("overview:board"))
        shown = board.context["all"] if board.status_code == 200 else []
        assert [line.clock for line in sight.board] == [line.clock for line in shown]
        home = sign_in(person).get(reverse("overview:home")).context
        assert len(sight.needs) == len(home["late"]) + len(home["dated"]) + len(home["undated"])


def test_nobody_sees_more_by_it(cast, sign_in, cases):
    open_, closed = cases
    wall_off(closed, cast.chair)
    page = look(sign_in(cast.chair), cast.member, reference=closed.reference).content.decode()
    assert "there is no case" in page
    assert page.count(closed.reference) == 2  # what was typed, twice
    assert open_.reference in page


def test_it_is_kept_and_changes_nothing(cast, sign_in, cases):
    client = sign_in(cast.chair)
    look(client, cast.walled)
    event = Event.objects.get(verb="access.seen_as")
    assert (event.actor, event.details) == (cast.chair, {"person": cast.walled.name})
    assert not Event.objects.filter(verb="case.read", actor=cast.walled).exists()
    assert client.post(reverse("overview:see-as", args=[cast.walled.pk])).status_code == 405
    assert client.get(reverse("overview:home")).context["user"] == cast.chair


def test_choosing(cast, sign_in):
    client, url = sign_in(cast.chair), reverse("overview:see-as-choose")
    assert cast.walled.name in client.get(url).content.decode()
    assert client.get(url, {"person": cast.walled.pk}).url == reverse("overview:see-as", args=[cast.walled.pk])
    assert "Select a person" in client.get(url, {"person": ""}).content.decode()
    for name in ("member", "deputy_chair", "scrutineer"):
        assert sign_in(getattr(cast, name)).get(url).status_code == 403


def test_a_number_over_all_cases_is_not_shown(cast, sign_in, cases):
    """The business manager's failed mails are counted over every case: one may be closed to the chair who looks.

    With or without a wall, or its absence would tell of the wall.
    """
    _, closed = cases
    mail = queue(letter(reference=closed.reference), key="wall:see-as", to=cast.member)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_message SET state = 'failed' WHERE id = %s", [mail.pk])
    asked = "Look at the mails that went wrong"
    assert asked in sign_in(cast.business_manager).get(reverse("overview:home")).content.decode()
    assert asked not in look(sign_in(cast.chair), cast.business_manager).content.decode()
    wall_off(closed, cast.chair)
    assert asked not in look(sign_in(cast.chair), cast.business_manager).content.decode()
