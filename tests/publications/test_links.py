"""Addresses of published reports are looked at, over a server of our own on this machine."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine

from audit.models import Event
from publications import workflow
from publications.addresses import Answer, look
from publications.choices import Place
from publications.needs import attention, needs
from publications.states import Status
from publications.tasks import sweep_publications
from tests.publications.factories import publication_at

GOOD, BAD = Answer(True, "200 OK"), Answer(False, "404 Not Found")


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        moved = {"/moved": "/there", "/to-a-file": "file:///etc/hostname"}
        codes = {"/there": 200, "/no-head": 405 if self.command == "HEAD" else 200, "/moved": 301, "/to-a-file": 302}
        self.send_response(codes.get(self.path, 404))
        if self.path in moved:
            self.send_header("Location", moved[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the library calls it so

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/there", GOOD),
        ("/moved", GOOD),
        ("/no-head", GOOD),
        ("/not-there", BAD),
        ("/to-a-file", Answer(False, "302 Found")),
    ],
)
def test_what_an_address_says(site, path, answer):
    assert look(site + path) == answer


def test_redirects_stay_with_head(site):
    Site.asked.clear()
    look(site + "/moved")
    assert Site.asked == [("HEAD", "/moved"), ("HEAD", "/there")]


def test_no_answer_and_no_web_address_are_answers_too(site):
    assert not look("http://127.0.0.1:1/", timeout=2).is_good
    assert look("file:///etc/hostname") == Answer(False, "not an address of the web")


@pytest.mark.django_db
def test_a_broken_address_is_noticed_at_the_second_look_and_only_changes_are_events(cast):
    publication, now = publication_at(Status.PUBLISHED)
    watched = publication.addresses.get()
    assert watched.place == Place.OWN
    assert workflow.due_addresses(now) == [watched]
    day = now.date()

    def asked():
        return [need.about for need in needs(cast.business_manager, day) if "not found" in need.what]

    workflow.record_answer(watched=watched, answer=GOOD, now=now)
    assert workflow.due_addresses(now + timedelta(hours=23)) == []
    workflow.record_answer(watched=watched, answer=BAD, now=now + timedelta(days=1))
    assert asked() == []
    workflow.record_answer(watched=watched, answer=BAD, now=now + timedelta(days=1, hours=1))
    assert asked() == [publication.reference]
    assert attention(now, cast.business_manager)[0].urgent
    assert attention(now, cast.walled) == attention(now, cast.business_manager)
    watched.refresh_from_db()
    assert (watched.failures, watched.broken_since) == (2, now + timedelta(days=1))
    workflow.ask_check(publication=publication, by=cast.business_manager, now=now + timedelta(days=1, hours=1))
    workflow.record_answer(watched=watched, answer=GOOD, now=now + timedelta(days=2))
    assert asked() == []
    verbs = Event.objects.filter(verb__in=["publication.not_found", "publication.found_again"]).order_by("pk")
    assert [event.verb for event in verbs] == ["publication.not_found", "publication.found_again"]
    workflow.take_down(publication=publication, reason="Over.", by=cast.chair, now=now)
    assert workflow.record_answer(watched=watched, answer=BAD, now=now) is None


@pytest.mark.django_db
def test_the_sweep_looks_at_what_is_due(cast, site, settings):
    settings.SITE_URL = site
    publication, now = publication_at(Status.PUBLISHED)
    sweep_publications()
    assert publication.addresses.get().checked_at is None, "due on the day of publication, which lies ahead"
    with time_machine.travel(now, tick=False):
        sweep_publications()
    watched = publication.addresses.get()
    assert (watched.address, watched.answer, watched.checked_at) == (f"{site}/published/child-q/", BAD.words, now)
