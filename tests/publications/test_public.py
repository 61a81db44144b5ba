"""The public page: off by default, nobody is known on it, it may be cached, and it shows only what was published."""

import pytest

from documents import storage
from publications import workflow
from publications.states import Status
from tests.publications.factories import TITLE, planned, publication_at, review, switch_on, with_words
from tests.referrals.factories import SECRET

pytestmark = pytest.mark.django_db
LIST, ONE, FILE = "/published/", "/published/child-q/", "/published/child-q/report/"


def test_it_is_off_until_it_is_switched_on(cast, client):
    publication_at(Status.PUBLISHED, page=True)
    switch_on(is_on=False)
    for path in (LIST, ONE, FILE):
        assert client.get(path).status_code == 404


def test_it_shows_what_was_published_and_nothing_else(cast, client):
    publication, _ = publication_at(Status.PUBLISHED)
    held = planned(review("audit", number=2))
    with_words(held, slug="not-out-yet")
    pages = client.get(LIST).content.decode() + client.get(ONE).content.decode()
    assert TITLE in pages
    assert "What the agencies changed." in pages
    case = publication.practice_review.referral
    people = (cast.business_manager.name, cast.chair.name, "Sam Speaker", "0121 496", "agency.example")
    for secret in (SECRET, publication.reference, case.reference, "not-out-yet", "Deciders", *people):
        assert secret not in pages, secret
    assert client.get("/published/not-out-yet/").status_code == 404
    assert client.get("/published/").content.decode().count("<li>") == 1


@pytest.mark.parametrize("path", [LIST, ONE, FILE])
@pytest.mark.parametrize("who", ["anonymous", "business_manager"])
def test_no_cookie_is_set_or_read_and_caches_may_keep_it(cast, client, sign_in, path, who):
    publication_at(Status.PUBLISHED)
    browser = client if who == "anonymous" else sign_in(cast.business_manager)
    response = browser.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["X-Robots-Tag"] == "noarchive"
    again = browser.get(path, headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    if path != LIST:
        assert browser.get(path, headers={"if-modified-since": response.headers["Last-Modified"]}).status_code == 304
    if path != FILE:
        text = response.content.decode()
        assert "<script" not in text
        assert "csrfmiddlewaretoken" not in text
        assert "http://" not in text
        assert "https://" not in text
    assert browser.post(path).status_code in (403, 405)


def test_the_file_is_served_byte_for_byte_or_not_at_all(cast, client, caplog):
    publication, _ = publication_at(Status.PUBLISHED)
    document = publication.report
    response = client.get(FILE)
    assert response.content == storage.read(document.key)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="child-q.pdf"'
    storage._storage().delete(storage.path_of(document.key))
    storage.save(document.key, b"Another report")
    assert client.get(FILE).status_code == 404
    assert "not what was published" in caplog.text


def test_taken_down_is_gone(cast, client):
    publication, now = publication_at(Status.TAKEN_DOWN)
    for path in (ONE, FILE):
        response = client.get(path)
        assert response.status_code == 410
        assert TITLE not in response.content.decode()
        assert "A mistake in it" not in response.content.decode()
    assert TITLE not in client.get(LIST).content.decode()
    day = publication.planned_on
    workflow.plan_again(publication=publication, planned_on=day, by=cast.chair, now=now)
    assert client.get(ONE).status_code == 404, "what is planned anew is nobody's business yet"


def test_improvements_stand_there_instead_of_a_report(cast, client):
    publication_at(Status.WITHHELD)
    page = client.get(ONE).content.decode()
    assert "We share sooner." in page
    assert "It would harm." not in page
    assert "What the agencies changed." not in page, "the report's own text is not published"
    assert client.get(FILE).status_code == 404


def test_the_empty_page_says_so(client, db):
    switch_on(intro="All our <b>reviews</b>", contact="office@partnership.example")
    page = client.get(LIST).content.decode()
    assert "No report is published at the moment." in page
    assert "&lt;b&gt;reviews" in page
