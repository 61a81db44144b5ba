"""Upload, list, one document, download, and what is done to it, as people meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import WorkflowError
from documents import workflow
from documents.models import Document, DocumentKind
from documents.states import Status
from tests.documents import files
from tests.documents.clamd import Scanner
from tests.documents.factories import store
from tests.referrals.factories import make_referral, wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(cast):
    return make_referral(by=cast.business_manager)


@pytest.fixture
def member(cast, sign_in):
    return sign_in(cast.member)


def page(name, referral, *more):
    return reverse(f"referrals:{name}", args=[referral.reference, *more])


def send(client, referral, *uploads, name="document-upload", more=(), **over):
    data = {"kind": "legal", "marking": "official", "description": "Statement", "chosen": list(uploads)} | over
    return client.post(page(name, referral, *more), data)


def text(response):
    return response.content.decode()


def test_three_files_at_once(member, referral, cast):
    response = send(member, referral, *(files.upload(GOOD(), e) for e, GOOD in
                    {"pdf": files.pdf, "docx": files.word, "png": files.png}.items()))  # fmt: skip
    assert response.status_code == 302
    documents = Document.objects.order_by("number")
    assert [d.filename.rpartition("legal-")[2] for d in documents] == ["1.pdf", "2.docx", "3.png"]
    assert {(d.kind.code, d.marking, d.description, d.uploaded_by) for d in documents} == {
        ("legal", "official", "Statement", cast.member)
    }
    assert "3 documents were stored." in text(member.get(response.url))


def test_one_bad_file_does_not_stop_the_others(member, referral):
    """The others are stored; the page says which one was refused and why, and keeps what was typed."""
    response = send(member, referral, files.upload(files.pdf(), "pdf"), files.upload(b"MZ\0", "docx", "Plan"))
    told = text(response)
    assert response.status_code == 200
    assert Document.objects.count() == 1
    assert "1 document was stored. Do not choose them again." in told
    assert "Plan.docx: The content of this file is none of the accepted types" in told
    assert 'value="Statement"' in told
    assert '<option value="legal" selected' in told


def test_without_a_file_or_a_type(member, referral, settings):
    told = text(send(member, referral, kind=""))
    assert "Choose at least one file" in told
    assert "Select the type of document" in told
    settings.DOCUMENTS_MAX_FILES = 1
    told = text(send(member, referral, files.upload(b"a", "txt"), files.upload(b"b", "txt")))
    assert "Choose at most 1 files at once" in told
    settings.DOCUMENTS_MAX_FILES = 5
    assert "The file is empty" in text(send(member, referral, files.upload(b"", "txt")))
    assert not Document.objects.exists()


def test_a_type_that_the_partnership_ended_is_not_offered(member, referral):
    DocumentKind.objects.filter(code="media").update(is_active=False)
    assert 'value="media"' not in text(member.get(page("document-upload", referral)))
    assert "Select a valid choice" in text(send(member, referral, files.upload(b"a", "txt"), kind="media"))


def test_an_infected_file_is_refused_and_the_manager_is_asked(member, referral, settings, sign_in, cast):
    scanner = Scanner()
    settings.CLAMD_URL = scanner.url
    try:
        told = text(send(member, referral, files.upload(files.EICAR, "txt")))
    finally:
        scanner.stop()
    assert "the business manager is told" in told
    document = Document.objects.get()
    manager = sign_in(cast.business_manager)
    home = manager.get("/")
    url = page("document-detail", referral, document.key)
    assert url in text(home)
    assert files.CHILD not in text(home)
    assert "something harmful" in text(manager.get(url))
    send_step(manager, referral, document, "withdraw")
    assert url not in text(manager.get("/"))


def send_step(client, referral, document, verb, reason="Because"):
    return client.post(page(f"document-{verb}", referral, document.key), {"reason": reason})


def test_the_list(member, referral, sign_in, cast):
    first = store(referral, files.pdf("a"))
    newer = store(referral, files.pdf("b"), supersedes=first)
    gone = store(referral, files.word(), "docx")
    workflow.withdraw(document=gone, reason="Wrong case.", by=cast.chair, now=timezone.now())
    told = text(member.get(page("document-list", referral)))
    assert newer.filename in told
    assert first.filename not in told
    assert gone.filename not in told
    assert "Not scanned for viruses" in told
    everything = text(member.get(page("document-list", referral) + "?all=1"))
    assert all(d.filename in everything for d in (first, newer, gone))
    assert "Replaced" in everything
    assert "Replaced" not in told


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(member, referral, count, django_assert_num_queries):
    for number in range(count):
        store(referral, files.pdf(str(number)))
    url = page("document-list", referral)
    member.get(url)
    with django_assert_num_queries(QUERIES):
        member.get(url)


QUERIES = 18


def test_names_by_right(referral, cast, sign_in):
    """What the file was called is for those who may see names; partners and scrutineer get no file either."""
    document = store(referral)
    for url in (page("document-list", referral), page("document-detail", referral, document.key)):
        assert files.CHILD in text(sign_in(cast.member).get(url))
        for person in (cast.partner_la, cast.scrutineer):
            told = text(sign_in(person).get(url))
            assert document.filename in told
            assert files.CHILD not in told
            assert "/download/" not in told


def test_one_document(member, referral):
    document = store(referral, files.word(), "docx")
    told = text(member.get(page("document-detail", referral, document.key)))
    assert document.sha256_original in told
    assert document.sha256_stored in told
    assert "Names of people who commented" in told
    assert "What is written in the document" in told
    assert "Not scanned: no virus scanner is set up" in told


def test_download(member, referral, cast):
    data = files.pdf()
    document = store(referral, data)
    response = member.get(reverse("documents:document-download", args=[document.key]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{referral.reference}-legal-1.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert files.CHILD not in str(response.headers)
    event = Event.objects.get(verb="document.read")
    assert event.sentence == f"Mel Sample downloaded {referral.reference}-legal-1."
    assert event.reference == referral.reference


def test_only_get_downloads(member, referral):
    document = store(referral)
    assert member.post(reverse("documents:document-download", args=[document.key])).status_code == 405


def test_a_file_that_is_missing_is_not_found_and_logged(member, referral, folder, caplog):
    document = store(referral)
    next(path for path in folder.rglob("*") if path.is_file()).unlink()
    assert member.get(reverse("documents:document-download", args=[document.key])).status_code == 404
    assert f"The file of {document.name} is not in storage" in caplog.text
    assert files.CHILD not in caplog.text
    assert not Event.objects.filter(verb="document.read").exists()


def test_a_new_version(member, referral):
    old = store(referral)
    url = page("document-version", referral, old.key)
    assert '<option value="legal" selected' in text(member.get(url))
    two = send(member, referral, files.upload(b"a", "txt"), files.upload(b"b", "txt"), name="document-version",
               more=(old.key,))  # fmt: skip
    assert "Choose one file" in text(two)
    done = send(member, referral, files.upload(b"New\n", "txt"), name="document-version", more=(old.key,))
    assert done.status_code == 302
    new = Document.objects.get(version=2)
    told = text(member.get(page("document-detail", referral, new.key)))
    assert f"Version 1: {old.filename}" in told
    assert "Version 2, this one" in told


def test_withdraw_hold_release_dispose(referral, cast, sign_in, django_capture_on_commit_callbacks):
    manager = sign_in(cast.business_manager)
    document = store(referral)
    url = page("document-detail", referral, document.key)
    for verb, told in [
        ("hold", "The document is on legal hold."), ("release", "The legal hold was ended."),
        ("withdraw", "The document was withdrawn."), ("dispose", "The document was disposed of."),
    ]:  # fmt: skip
        assert page(f"document-{verb}", referral, document.key) in text(manager.get(url)), verb
        assert "Enter reason" in text(send_step(manager, referral, document, verb, reason=" "))
        with django_capture_on_commit_callbacks(execute=True):
            assert send_step(manager, referral, document, verb).url == url
        assert told in text(manager.get(url))
    document.refresh_from_db()
    assert document.status == Status.DISPOSED
    assert "Because" in text(manager.get(url))
    history = text(manager.get(page("referral-history", referral)))
    for words in ("on legal hold: Because", "ended the legal hold", "withdrew", "disposed of"):
        assert words in history


def test_disposing_under_hold_is_not_offered_and_refused(referral, cast, sign_in):
    manager = sign_in(cast.business_manager)
    document = store(referral)
    send_step(manager, referral, document, "hold")
    assert page("document-dispose", referral, document.key) not in text(
        manager.get(page("document-detail", referral, document.key))
    )
    assert "on legal hold, so it cannot be disposed of" in text(send_step(manager, referral, document, "dispose"))


def test_an_uploaded_page_cannot_come_back_as_one(member, referral):
    """HTML under any name is refused, so nothing of ours is ever shown inline."""
    page_ = SimpleUploadedFile("notes.txt", b"<!doctype html><script>alert(1)</script>", content_type="text/html")
    assert "Web pages" in text(send(member, referral, page_))
    assert not Document.objects.exists()


def one_file(client, referral, data=None, name="Letter.pdf", **more):
    """As the page's script sends it."""
    chosen = SimpleUploadedFile(name, files.pdf() if data is None else data)
    facts = {"kind": "legal", "marking": "official_sensitive", "chosen": chosen} | more
    return client.post(reverse("referrals:document-upload-one", args=[referral.reference]), facts)


def take_back(client, referral, key):
    return client.post(reverse("referrals:document-take-back", args=[referral.reference]), {"stored": key})


def test_files_sent_one_by_one_are_stored_or_refused_in_words(cast, sign_in):
    referral = make_referral(by=cast.business_manager)
    client = sign_in(cast.member)
    stored = one_file(client, referral, description="From the ward").json()
    document = Document.objects.get()
    assert stored == {
        "stored": str(document.key),
        "said": f"Stored as {document.filename}, OFFICIAL-SENSITIVE.",
    }
    assert (document.description, document.uploaded_by) == ("From the ward", cast.member)
    bad = one_file(client, referral, b"MZ\0", "Plan.docx")
    assert (bad.status_code, "none of the accepted types" in bad.json()["error"]) == (422, True)
    unsaid = one_file(client, referral, kind="")
    assert (unsaid.status_code, unsaid.json()["error"]) == (422, "Select the type of document")
    assert Document.objects.count() == 1
    upload = reverse("referrals:document-upload", args=[referral.reference])
    page = client.post(upload, {"stored": [str(document.key), "rubbish"]}, follow=True).content.decode()
    assert "1 document was stored." in page


def test_a_file_sent_by_mistake_is_taken_back_by_who_sent_it(cast, sign_in):
    referral = make_referral(by=cast.business_manager)
    member, chair = sign_in(cast.member), sign_in(cast.chair)
    key = one_file(member, referral).json()["stored"]
    assert take_back(chair, referral, key).status_code == 404
    for _ in range(2):
        assert take_back(member, referral, key).status_code == 200
    document = Document.objects.get()
    assert (document.status, document.withdrawn_by) == ("withdrawn", cast.member)
    told = Event.objects.about(referral.reference).filter(verb="document.withdrawn").get().sentence
    assert told.endswith("Removed by who uploaded it, while uploading.")
    again = one_file(member, referral).json()["stored"]
    assert again != key  # the same file may come again
    late = timezone.now() + timedelta(hours=2)
    with pytest.raises(WorkflowError, match="more than an hour ago"):
        workflow.take_back(document=Document.objects.get(key=again), by=cast.member, now=late)
    assert take_back(member, referral, "rubbish").status_code == 404


def test_files_are_not_sent_or_taken_back_behind_a_wall(cast, sign_in):
    referral = make_referral(by=cast.business_manager)
    client = sign_in(cast.member)
    key = one_file(client, referral).json()["stored"]
    wall_off(referral, cast.member)
    assert one_file(client, referral, name="Other.pdf").status_code == 404
    assert take_back(client, referral, key).status_code == 404
    assert Document.objects.get().status == "available"
    assert one_file(sign_in(cast.scrutineer), referral).status_code == 403
