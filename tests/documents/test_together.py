"""Two people at once, with real transactions: no number twice, the same file once, one newer version."""

import threading

import pytest
from django.db import connection

from core.errors import WorkflowError
from documents.models import Document
from tests.cast import make_cast
from tests.documents import files
from tests.documents.factories import store
from tests.referrals.factories import make_referral

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps):
    """Run `steps` each in a thread and connection of its own; their results, or the errors that people read."""
    results = [None] * len(steps)
    start = threading.Barrier(len(steps))

    def run(place, step):
        try:
            start.wait(timeout=10)
            results[place] = step()
        except WorkflowError as error:
            results[place] = str(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.fixture
def referral():
    return make_referral(by=make_cast().business_manager)


def test_four_files_get_four_numbers(referral):
    made = at_once(*[lambda text=text: store(referral, text, "txt") for text in (b"a\n", b"b\n", b"c\n", b"d\n")])
    assert sorted(document.number for document in made) == [1, 2, 3, 4]


def test_a_double_click_stores_once(referral, folder):
    one, other = at_once(*[lambda: store(referral, b"same\n", "txt")] * 2)
    assert one.pk == other.pk
    assert Document.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_two_new_versions_at_once(referral):
    old = store(referral)
    results = at_once(
        lambda: store(referral, b"a\n", "txt", supersedes=old), lambda: store(referral, b"b\n", "txt", supersedes=old)
    )
    assert sum(isinstance(result, Document) for result in results) == 1
    assert any("newer version already" in str(result) for result in results)
    assert files.CHILD not in str(results)
