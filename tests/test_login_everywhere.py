"""Whoever is not signed in gets the sign-in page, everywhere save where the list says otherwise."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Open to all, each with its reason.
OPEN = {
    r"^accessibility/$": "the law wants the statement public",
    r"^healthz/$": "the load balancer has no account",
    r"^accounts/(login|signup|inactive|confirm-email|password/reset|2fa/webauthn/login)/": "the way in",
    r"^accounts/confirm-email/": "the library's; no address is ever to confirm here",
    r"^accounts/login/code/": "the library's; sends back to the sign-in page",
    r"^accounts/password/reset/": "forgotten passwords",
    r"^accounts/2fa/(authenticate|webauthn/login)/": "the second step, with the first one done",
    r"^refer/": "professionals without an account refer here; off unless switched on, then behind a code by mail",
    r"^published/": "published reports are for everybody; off unless switched on",
    r"^invitation/": "who is invited has no password yet",
    r"^link/": "the token and the code of a mailed link are the way in; every other token is not found",
    r"^returns/(link|part|sign-off)/": "behind a mailed link and its code; every other token is not found",
    r"^calendar/.*[.]ics$": "calendar programs cannot sign in: the address is the secret; every other is not found",
    r"^cases/safeguarding/link/": "behind a mailed link and its code; every other token is not found",
    r"^admin/login/$": "leads to the sign-in page",
}
EXAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "x",
    "date": "2026-01-05",
}


def walk(resolver, route=""):
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


def example(route: str) -> str:
    """An address that the route matches, as far as one can tell from its text."""
    filled = re.sub(r"\(\?P<uidb36>[^)]*\)", "1", route)
    filled = re.sub(r"\(\?P<reference>(?:[^()]|\([^()]*\))*\)", "CSPR-2026-001", filled)
    filled = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "x", filled)
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES.get(m[1] or "str", "x"), filled)
    return re.sub(r"[\^$\\]", "", filled).replace("//", "/")


ROUTES = sorted({example(route) for route in walk(get_resolver())})


def test_the_walk_finds_our_pages():
    assert len(ROUTES) > 60
    assert {"board/", "admin/", "account/keep-alive/"} <= set(ROUTES)


@pytest.mark.parametrize("route", [r for r in ROUTES if not any(re.match(p, r) for p in OPEN)])
def test_anonymous_is_sent_to_sign_in(route, client, db):
    for method in (client.get, client.post):
        response = method(f"/{route}")
        if response.status_code in (404, 405):
            continue
        assert response.status_code == 302, f"/{route} answers {response.status_code} to somebody not signed in"
        assert re.match(r"/(accounts|admin)/login/", response.url), f"/{route} sends strangers to {response.url}"


@pytest.mark.parametrize("pattern", sorted(OPEN))
def test_no_exemption_is_stale(pattern):
    assert any(re.match(pattern, route) for route in ROUTES), f"no address matches {pattern} any more"
