"""`manage.py documents_verify` names the first file that is missing or changed."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import storage, workflow
from tests.documents import files
from tests.documents.factories import store
from tests.referrals.factories import make_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast):
    referral = make_referral(by=cast.business_manager)
    return [store(referral), store(referral, files.word(), "docx"), store(referral, files.png(), "png")]


def run():
    out = io.StringIO()
    call_command("documents_verify", stdout=out)
    return out.getvalue()


def test_all_right(three):
    assert run() == "All 3 stored documents are there, unchanged.\n"


def test_missing(three):
    storage.delete(three[1].key)
    with pytest.raises(CommandError, match=rf"{three[1].name} is missing.*\(1 before it") as caught:
        run()
    assert files.CHILD not in str(caught.value)


def test_changed(three, folder):
    path = folder / storage.path_of(three[2].key)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(CommandError, match=f"{three[2].name} was changed"):
        run()


def test_what_was_disposed_of_is_not_missed(three, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.dispose(document=three[0], reason="Rule 4.", by=three[0].uploaded_by, now=timezone.now())
    assert "All 2" in run()
