"""Who gets which page of the disclosure check, and who reads names on it."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.access import RELATIONS, World
from tests.cast import make_cast, sign_in
from tests.publications import access_disclosure
from tests.referrals.factories import CHILD_NAME

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; each request is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World(cast=make_cast(), now=timezone.now())
        access_disclosure.build(made)
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(access_disclosure.ROWS))
def test_who_gets_what(name, world):
    row = access_disclosure.ROWS[name]
    for relation in RELATIONS:
        client = sign_in(world.person(relation))
        with transaction.atomic():
            response = getattr(client, row.method)(reverse(name, kwargs=row.kwargs(world)))
            transaction.set_rollback(True)
        assert response.status_code == getattr(row, relation), (name, relation)


def test_names_and_contexts_are_for_those_who_may_see_names(world):
    page = reverse("publications:disclosure", kwargs=access_disclosure.one(world))
    told = {name: sign_in(world.person(name)).get(page).content.decode() for name in ("chair", "partner", "scrutineer")}
    assert CHILD_NAME in told["chair"]
    assert "A flower." in told["chair"]
    for name in ("partner", "scrutineer"):
        assert "Child A" in told[name]
        assert "Name of a child" in told[name]
        for secret in (CHILD_NAME, CHILD_NAME.split()[0], "A flower.", "school nurse"):
            assert secret not in told[name], (name, secret)
