"""The virus scan: before storing, later, never, and what happens to what it finds."""

import shutil
import subprocess
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.attention import collect
from documents import scanner, storage, workflow
from documents.choices import Scan
from documents.models import Document
from documents.states import Status
from tests.documents import files
from tests.documents.clamd import Scanner
from tests.documents.factories import store
from tests.referrals.factories import make_referral

pytestmark = pytest.mark.django_db

HARMFUL = b"Notes\n" + files.EICAR + b"\n"


@pytest.fixture
def referral(cast):
    return make_referral(by=cast.business_manager)


@pytest.fixture
def daemon(settings):
    running = Scanner()
    settings.CLAMD_URL = running.url
    yield running
    running.stop()


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def sections():
    return {section.title: [item.text for item in section.items] for section in collect(timezone.now())}


def test_what_came_is_scanned_before_it_is_changed(referral, daemon):
    data = files.pdf()
    document = store(referral, data)
    assert daemon.seen == [data]
    assert (document.status, document.scan) == (Status.AVAILABLE, Scan.CLEAN)
    assert document.scanned_at is not None


def test_an_infected_file_is_kept_nowhere(referral, daemon, folder):
    document = store(referral, HARMFUL, "txt")
    assert (document.status, document.scan) == (Status.REFUSED, Scan.INFECTED)
    assert document.scan_finding == "Eicar-Test"
    assert document.sha256_original
    assert not document.sha256_stored
    assert not files_in(folder)
    event = Event.objects.get(verb="document.refused")
    assert event.sentence == (
        f"The virus scan refused {referral.reference}-legal-1: Eicar-Test. The file was not kept."
    )


def test_an_infected_file_cannot_be_downloaded(referral, daemon, sign_in, cast):
    document = store(referral, HARMFUL, "txt")
    url = reverse("documents:document-download", args=[document.key])
    assert sign_in(cast.business_manager).get(url).status_code == 404


def test_a_large_file_reaches_the_daemon_whole(referral, daemon):
    data = b"Row of text\n" * 400_000
    store(referral, data, "txt")
    assert daemon.seen == [data]


def test_a_unix_socket(referral, settings, tmp_path):
    running = Scanner(tmp_path / "clamd.ctl")
    settings.CLAMD_URL = running.url
    try:
        assert scanner.answers()
        assert store(referral, HARMFUL, "txt").status == Status.REFUSED
    finally:
        running.stop()
    assert not scanner.answers()


def test_while_the_daemon_is_away_uploads_wait(referral, settings, daemon, sign_in, cast):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"  # nobody listens there
    document = store(referral)
    assert (document.status, document.scan) == (Status.WAITING, Scan.WAITING)
    url = reverse("documents:document-download", args=[document.key])
    assert sign_in(cast.business_manager).get(url).status_code == 404
    assert workflow.scan_all(now=timezone.now()) == 0
    assert "does not answer" in sections()["Documents"][0]

    settings.CLAMD_URL = daemon.url
    assert workflow.scan_all(now=timezone.now()) == 1
    document.refresh_from_db()
    assert (document.status, document.scan) == (Status.AVAILABLE, Scan.CLEAN)
    assert daemon.seen == [storage.read(document.key)]
    response = sign_in(cast.business_manager).get(url)
    assert b"".join(response.streaming_content) == daemon.seen[0]
    assert workflow.scan_all(now=timezone.now()) == 0, "once is enough"


def test_what_waited_and_is_infected_is_removed(referral, settings, daemon, folder, django_capture_on_commit_callbacks):
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    document = store(referral, HARMFUL, "txt")
    assert document.status == Status.WAITING
    settings.CLAMD_URL = daemon.url
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.scan_all(now=timezone.now()) == 1
    document.refresh_from_db()
    assert document.status == Status.REFUSED
    assert not files_in(folder)
    assert Event.objects.filter(verb="document.refused").count() == 1


@pytest.mark.parametrize("answer", [b"stream: Can't allocate memory ERROR\n", b"nonsense\n", b"\n",
                                    b"INSTREAM size limit exceeded. ERROR\n"])  # fmt: skip
def test_an_answer_that_is_none_is_never_taken_for_clean(referral, daemon, answer):
    daemon.server.answer = answer
    assert store(referral).status == Status.WAITING


def test_without_a_scanner_it_is_said_plainly(referral, settings, daemon):
    settings.CLAMD_URL = ""
    document = store(referral)
    assert (document.status, document.get_scan_display()) == (
        Status.AVAILABLE, "Not scanned: no virus scanner is set up",
    )  # fmt: skip
    assert "No virus scanner is set up" in sections()["Documents"][0]
    settings.CLAMD_URL = daemon.url
    assert sections()["Documents"] == []
    assert workflow.scan_all(now=timezone.now()) == 1, "what came before is scanned once there is one"
    document.refresh_from_db()
    assert document.scan == Scan.CLEAN


def test_a_document_that_somebody_withdrew_meanwhile_is_left_alone(referral, settings, daemon):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    document = store(referral)
    workflow.withdraw(document=document, reason="Wrong case.", by=document.uploaded_by, now=timezone.now())
    settings.CLAMD_URL = daemon.url
    assert workflow.scan(pk=document.pk, now=timezone.now()) is None
    assert Document.objects.get().status == Status.WITHDRAWN


def test_the_log_holds_no_name(referral, settings, caplog):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    store(referral)
    assert "virus scanner gave no answer" in caplog.text
    assert files.CHILD not in caplog.text


@pytest.mark.skipif(shutil.which("clamd") is None, reason="ClamAV's clamd is not installed on this machine")
def test_a_real_clamd(referral, settings, tmp_path):
    """With the one signature that is needed, so that no database has to be downloaded."""
    signatures, control = tmp_path / "db", tmp_path / "clamd.ctl"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Test:0:*:{files.EICAR.hex()}\n")
    config = tmp_path / "clamd.conf"
    config.write_text(f"DatabaseDirectory {signatures}\nLocalSocket {control}\nForeground yes\n")
    process = subprocess.Popen(["clamd", "--config-file", str(config)])
    settings.CLAMD_URL = f"unix://{control}"
    try:
        until = time.monotonic() + 30
        while not scanner.answers() and time.monotonic() < until:
            time.sleep(0.2)
        assert store(referral, b"Harmless\n", "txt").scan == Scan.CLEAN
        assert store(referral, HARMFUL, "txt").status == Status.REFUSED
    finally:
        process.terminate()
        process.wait()
