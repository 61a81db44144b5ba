"""Walks the URL conf: every URL of our apps is asked for by every relation. A new URL without a row fails here."""

import importlib
import importlib.util
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.access import RELATIONS, Row, World
from tests.cast import make_cast, sign_in

# In the order of the floors, so that a build() finds what the floor below built.
OUR_APPS = (
    "core",
    "audit",
    "notifications",
    "deadlines",
    "panel",
    "access_links",
    "documents",
    "referrals",
    "chronology",
    "agency_returns",
    "rapid_reviews",
    "practice_reviews",
    "publications",
    "learning",
    "actions",
    "meetings",
    "highlight_reports",
    "overview",
    "cspr",
)
# URLs of libraries have their own tables: tests/panel/test_allauth_pages.py and tests/panel/test_admin.py.
THIRD_PARTY_NAMESPACES = {"admin"}
THIRD_PARTY_PREFIXES = ("accounts/",)


def _walk(resolver: URLResolver, route: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or f"<unnamed {path}>"]), path


def our_urls() -> dict[str, str]:
    """Name → route of every URL that this project wrote."""
    return {
        name: route
        for name, route in _walk(get_resolver())
        if name.split(":")[0] not in THIRD_PARTY_NAMESPACES
        and (":" in name or not route.startswith(THIRD_PARTY_PREFIXES))  # allauth's names have no namespace
    }


def _access_modules():
    for app in OUR_APPS:
        name = f"tests.{app}.access"
        if importlib.util.find_spec(f"tests.{app}") and importlib.util.find_spec(name):
            yield importlib.import_module(name)


def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for module in _access_modules():
        found |= module.ROWS
    return found


ROWS = rows()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once, through the real workflows, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World(cast=make_cast(), now=timezone.now())
        for module in _access_modules():
            if hasattr(module, "build"):
                module.build(world)
        # Signed in once: what one request changes of a session is undone with it.
        world.cookies = {relation: sign_in(world.person(relation)).cookies for relation in RELATIONS}
        connection.check_constraints()  # once, not again with each test
        yield world
        transaction.set_rollback(True)


def test_every_url_has_a_row():
    missing = {name: route for name, route in our_urls().items() if name not in ROWS}
    assert not missing, "add a Row to tests/<app>/access.py for: " + ", ".join(f"{n} ({r})" for n, r in missing.items())


def test_no_row_is_stale():
    stale = set(ROWS) - set(our_urls())
    assert not stale, f"rows for URLs that are gone: {sorted(stale)}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(ROWS) & set(our_urls())))
def test_access(name, world):
    """What each kind of person gets, all in one comparison; what a request changes is undone after it."""
    row = ROWS[name]
    expected = {relation: getattr(row, relation) for relation in RELATIONS}
    assert {relation: status_for(relation, row, name, world) for relation in RELATIONS} == expected, row.method


def status_for(relation: str, row: Row, name: str, world: World) -> int:
    client = Client()
    client.cookies = deepcopy(world.cookies[relation])
    with transaction.atomic():
        data = row.data(world) if callable(row.data) else row.data
        response = getattr(client, row.method)(reverse(name, kwargs=dict(row.kwargs(world))) + row.query, data or {})
        list(response)  # a download holds its file open until it is read
        transaction.set_rollback(True)
    return response.status_code
