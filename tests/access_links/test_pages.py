import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access_links import gate, workflow
from access_links.models import AccessCode, AccessLink
from notifications.models import Message
from tests.access_links.factories import PURPOSE, another, make_link, newest_code, register
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    register()
    return make_link(timezone.now())


def page(token, name="link"):
    return reverse(f"access_links:{name}", args=[token])


def enter(client, token):
    client.post(page(token))
    return client.post(page(token, "code"), {"code": newest_code()})


def test_a_scanner_spends_nothing(link, client):
    _, token = link
    for _ in range(10):
        assert client.get(page(token)).status_code == 200
        assert Client().head(page(token)).status_code == 200
    assert not Message.objects.exists()
    assert AccessLink.objects.get().opened_at is None
    response = enter(client, token)
    assert response.status_code == 302
    assert response.url.endswith(token)


def test_the_page_before_the_code_tells_nothing_of_the_case(link, client):
    text = client.get(page(link[1])).content.decode()
    assert "Answer a question" in text
    assert "CSPR-2026-001" not in text
    assert "kit.invented@" not in text
    assert "k•••@agency.example" in text


def test_a_second_device_needs_its_own_code(link, client):
    _, token = link
    enter(client, token)
    code, other = newest_code(), Client()
    assert other.get(page(token)).status_code == 200
    assert other.post(page(token, "code"), {"code": code}).status_code == 200  # spent on the first device
    assert enter(other, token).status_code == 302
    assert client.get(page(token)).status_code == 302  # and the first one is still in


def test_being_let_in_by_one_link_opens_no_other(link, client, rf):
    mine, token = link
    other, _ = make_link(timezone.now(), subject="thing:2")
    enter(client, token)
    request = rf.get("/")
    request.session = client.session
    assert gate.is_in(request, mine)
    assert not gate.is_in(request, other)


def test_the_session_gets_a_new_key(link, client):
    _, token = link
    client.post(page(token))
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["cspr_session"] = session.session_key
    client.post(page(token, "code"), {"code": newest_code()})
    assert client.session.session_key != session.session_key


def test_a_wrong_code_says_so_and_asks_again(link, client):
    _, token = link
    client.post(page(token))
    response = client.post(page(token, "code"), {"code": another(newest_code())})
    assert response.status_code == 200
    assert workflow.WRONG in response.content.decode()
    assert "Error: " in response.content.decode()


def test_too_many_codes_are_refused_on_the_page(link, client):
    _, token = link
    for _ in range(5):
        assert client.post(page(token)).status_code == 302
    assert workflow.ENOUGH in client.post(page(token)).content.decode()
    assert AccessCode.objects.count() == 5


def end(kind, link):
    now = timezone.now()
    if kind == "revoked":
        workflow.revoke(link=link, by=make_user("Bea Example"), now=now)
    elif kind == "closed":
        workflow.close_all(subject=link.subject, now=now)
    elif kind == "expired":
        _, token = make_link(now - timedelta(days=3), subject="thing:3", days=1)
        return token
    return None


@pytest.mark.parametrize("kind", ["guessed", "expired", "revoked", "closed"])
@pytest.mark.parametrize("name", ["link", "code"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_dead_links_look_alike(kind, name, method, link, client, django_assert_num_queries):
    row, token = link
    token = {"guessed": "x" * len(token)}.get(kind) or end(kind, row) or token

    def plain(response):
        return re.sub(r'nonce="[^"]*"', "", response.content.decode())

    client.get(page("warm"))  # the partnership's row
    dead = getattr(client, method)(page(token, name), {"code": "123456"})
    assert dead.status_code == 404
    assert plain(dead) == plain(client.get(page("never-issued", name)))
    assert "no longer in use" in plain(dead)
    assert not Message.objects.exists()


def test_a_browser_that_is_in_is_put_out_by_revoking(link, client, rf):
    row, token = link
    enter(client, token)
    workflow.revoke(link=row, by=make_user("Bea Example"), now=timezone.now())
    request = rf.get("/")
    request.session = client.session
    request.user = None
    assert gate.find(token, PURPOSE, timezone.now()) is None
    assert client.get(page(token)).status_code == 404


def test_a_dead_and_a_live_token_cost_the_same_questions(link, client, django_assert_num_queries):
    workflow.revoke(link=link[0], by=make_user("Bea Example"), now=timezone.now())
    client.get(page("warm"))
    for token in (link[1], "never-issued"):
        with django_assert_num_queries(2):  # the link, the partnership's name
            client.get(page(token))


def test_a_link_of_another_purpose_opens_nothing(link):
    assert gate.find(link[1], PURPOSE, timezone.now()).subject == "thing:1"
    assert gate.find(link[1], "another-purpose", timezone.now()) is None


def test_pages_are_not_kept(link, client):
    for token in (link[1], "never-issued"):
        assert client.get(page(token)).headers["Cache-Control"] == "no-store"
