"""Storing: what is kept, under which names, once; and what a crash leaves."""

import hashlib
import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, UnguardedWrite, WorkflowError
from documents import storage, workflow
from documents.choices import Scan
from documents.models import Document
from documents.states import Status
from referrals.documents import key_of
from tests.documents import files
from tests.documents.factories import store
from tests.referrals.factories import SECRET, make_referral, wall_off

pytestmark = pytest.mark.django_db


def on_disk(folder):
    return {path for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()


@pytest.fixture
def referral(cast):
    return make_referral(by=cast.business_manager)


def test_what_is_kept(referral, cast, folder):
    data = files.pdf()
    document = store(referral, data, by=cast.member)
    stored = storage.read(document.key)
    assert document.status == Status.AVAILABLE
    assert document.scan == Scan.NOT_SCANNED
    assert document.sha256_original == hashlib.sha256(data).hexdigest()
    assert document.sha256_stored == hashlib.sha256(stored).hexdigest()
    assert document.size == len(stored)
    assert document.filename == f"{referral.reference}-legal-1.pdf"
    assert document.original_name == f"{files.CHILD} notes.pdf"
    assert files.AUTHOR.encode() not in stored


def test_only_the_service_reads_the_file_and_no_name_is_in_its_path(referral, folder):
    store(referral)
    (path,) = on_disk(folder)
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert os.stat(path.parent).st_mode & 0o777 == 0o700
    assert "Rowan" not in str(path)
    assert path.suffix == ""


def test_the_event_is_neutral(referral, cast):
    store(referral, by=cast.member)
    event = Event.objects.get(verb="document.stored")
    assert event.sentence == f"Mel Sample stored {referral.reference}-legal-1 (Legal)."
    assert event.reference == referral.reference
    told = f"{event.text}{event.details}{event.sentence}"
    assert files.CHILD not in told
    assert SECRET not in told


def test_somebody_without_an_account(referral):
    document = store(referral)
    given = workflow.store(
        owner_key=document.owner_key, reference=referral.reference, file=files.upload(b"Row\n", "txt"),
        kind="agency-return", by_label="Kit Invented, Inventshire Hospital Trust", now=timezone.now(),
    )  # fmt: skip
    assert given.giver == "Kit Invented, Inventshire Hospital Trust"
    event = Event.objects.filter(verb="document.stored").latest("pk")
    assert "It came from Kit Invented, Inventshire Hospital Trust." in event.sentence
    with pytest.raises(ValueError, match="by whom"):
        workflow.store(
            owner_key=document.owner_key, reference=referral.reference, file=files.upload(b"Else\n", "txt"),
            kind="other", now=timezone.now(),
        )  # fmt: skip


def test_the_same_file_twice_is_one_document(referral, folder):
    data = files.pdf()
    first, second = store(referral, data), store(referral, data)
    assert first == second
    assert Document.objects.count() == 1
    assert len(on_disk(folder)) == 1
    assert store(referral, files.word(), "docx").number == 2, "no number is lost by it"


def test_the_same_file_in_two_cases_is_two_documents(referral, cast):
    data = files.pdf()
    other = make_referral(by=cast.business_manager)
    assert store(referral, data).pk != store(other, data).pk


def test_who_may(referral, cast):
    for person in (cast.partner_la, cast.scrutineer, cast.invited, cast.outsider):
        with pytest.raises(NotPermitted):
            store(referral, by=person)
    wall_off(referral, cast.walled)
    with pytest.raises(NotPermitted):
        store(referral, by=cast.walled)
    assert not Document.objects.exists()


def test_an_unknown_type_and_an_unknown_owner(referral):
    with pytest.raises(WorkflowError, match="from the list"):
        store(referral, kind="nonsense")
    with pytest.raises(LookupError, match="nobody:1"):
        workflow.store(
            owner_key="nobody:1", reference="X", file=files.upload(b"a", "txt"), kind="other", by_label="Kit",
            now=timezone.now(),
        )  # fmt: skip


def test_a_new_version(referral):
    first = store(referral, files.pdf("one"))
    two = files.pdf("two")
    second = store(referral, two, supersedes=first)
    assert (second.version, second.supersedes) == (2, first)
    assert list(Document.objects.current()) == [second]
    with pytest.raises(WorkflowError, match="newer version already"):
        store(referral, files.pdf("three"), supersedes=first)
    with pytest.raises(WorkflowError, match="there already, as"):
        store(referral, two, supersedes=second)
    workflow.withdraw(document=second, reason="Wrong child.", by=first.uploaded_by, now=timezone.now())
    assert list(Document.objects.current()) == [first], "a withdrawn version replaces nothing"
    assert store(referral, files.pdf("four"), supersedes=first).version == 2


def test_a_version_of_another_cases_document_is_refused(referral, cast):
    other = make_referral(by=cast.business_manager)
    with pytest.raises(WorkflowError, match="available here"):
        store(other, files.pdf("two"), supersedes=store(referral))


def test_rows_are_guarded_and_never_deleted(referral):
    document = store(referral)
    with pytest.raises(UnguardedWrite):
        document.save()
    with pytest.raises(UnguardedWrite):
        Document.objects.all().delete()


def test_a_storing_that_fails_leaves_an_orphan_at_worst(referral, folder):
    """The bytes are written before the row: what a crash leaves is a file without a row, and the sweep removes it."""
    kept = store(referral, files.word(), "docx")
    with transaction.atomic():
        store(referral)
        transaction.set_rollback(True)
    assert Document.objects.count() == 1
    assert len(on_disk(folder)) == 2
    now = timezone.now()
    assert workflow.sweep(now=now) == 0, "it may belong to somebody who is storing just now"
    assert workflow.sweep(now=now + timedelta(hours=25)) == 1
    assert storage.read(kept.key)
    assert len(on_disk(folder)) == 1


def test_a_file_that_a_crash_did_not_remove_is_swept(referral, folder, django_capture_on_commit_callbacks):
    """The row says "disposed of"; the process died before the file went."""
    document = store(referral)
    with django_capture_on_commit_callbacks(execute=False):
        workflow.dispose(document=document, reason="Retention rule 4.", by=document.uploaded_by, now=timezone.now())
    assert len(on_disk(folder)) == 1
    assert workflow.sweep(now=timezone.now()) == 1
    assert not on_disk(folder)


def test_an_empty_storage_is_swept_quietly():
    assert workflow.sweep(now=timezone.now()) == 0


def test_the_key_of_a_case(referral):
    assert key_of(referral) == f"case:{referral.reference}"
