"""Every status, verb and role: the table, the permissions and the workflow functions say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from documents import storage, workflow
from documents.models import Document
from documents.permissions import WHO, can_verb
from documents.states import TABLE, Mover, Status
from referrals.models import Referral
from tests.documents import files
from tests.documents.clamd import Scanner
from tests.documents.factories import store
from tests.referrals.factories import make_referral, wall_off

pytestmark = pytest.mark.django_db

LEADERS = {"business_manager", "chair", "deputy_chair"}
EVERYBODY = LEADERS | {"member", "deputy", "partner_la", "scrutineer", "invited", "contributor", "outsider"}
S = Status

# Written out a second time, on purpose: verb → (statuses in which it is possible, who may).
EXPECTED = {
    "withdraw": ({S.WAITING, S.AVAILABLE, S.REFUSED}, LEADERS),
    "dispose": ({S.AVAILABLE, S.WITHDRAWN}, {"business_manager"}),
}
# Without a reason, and by who uploaded it alone: tried in test_pages.py.
OF_ONES_OWN = {"take_back": ({S.WAITING, S.AVAILABLE}, LEADERS | {"member", "deputy"})}
DONE = {"withdraw": S.WITHDRAWN, "dispose": S.DISPOSED}


@pytest.fixture
def document_at(cast, settings):
    """`document_at(status)`: a document brought there by the real workflow."""
    referral = make_referral(by=cast.business_manager)
    scanner = Scanner()

    def make(status):
        settings.CLAMD_URL = {S.WAITING: "tcp://127.0.0.1:9", S.REFUSED: scanner.url}.get(status, "")
        document = store(referral, files.EICAR, "txt") if status == S.REFUSED else store(referral)
        verbs = {S.WITHDRAWN: workflow.withdraw, S.DISPOSED: workflow.dispose}
        if status in verbs:
            document = verbs[status](document=document, reason="Because", by=cast.business_manager, now=timezone.now())
        assert document.status == status
        return document

    yield make
    scanner.stop()


def call(verb, document, by):
    return getattr(workflow, verb)(document=document, reason="Because", by=by, now=timezone.now())


def test_the_table_has_exactly_these_verbs():
    assert set(WHO) == set(EXPECTED | OF_ONES_OWN)
    assert {t.verb for t in TABLE.transitions if t.who == Mover.SYSTEM} == {"pass_scan", "refuse"}


@pytest.mark.parametrize("status", Status.values)
def test_permissions_are_the_matrix(cast, document_at, status):
    document = document_at(status)
    for person in EVERYBODY:
        for verb, (statuses, who) in (EXPECTED | OF_ONES_OWN).items():
            can = can_verb(getattr(cast, person), verb, document, on=timezone.localdate())
            assert can == (status in statuses and person in who), f"{person} {verb} in {status}"


@pytest.mark.parametrize("status", Status.values)
def test_workflow_refuses_what_the_matrix_does_not_allow(cast, document_at, status):
    document = document_at(status)
    for verb, (statuses, _who) in EXPECTED.items():
        with pytest.raises(NotPermitted), transaction.atomic():
            call(verb, document, cast.member)
        if status in statuses:
            with transaction.atomic():
                assert call(verb, document, cast.business_manager).status == DONE[verb]
                transaction.set_rollback(True)
        elif DONE[verb] == status:
            assert call(verb, document, cast.business_manager).status == status
        else:
            with pytest.raises(InvalidTransition), transaction.atomic():
                call(verb, document, cast.business_manager)


@pytest.mark.parametrize("verb", [*EXPECTED, "hold", "release"])
def test_a_walled_manager_may_nothing(cast, document_at, verb):
    document = document_at(S.AVAILABLE)
    wall_off(_case(document), cast.business_manager, by=cast.chair)
    with pytest.raises(NotPermitted):
        call(verb, document, cast.business_manager)


def _case(document):

    return Referral.objects.get(reference=document.reference)


@pytest.mark.parametrize("verb", [*EXPECTED, "hold"])
def test_nothing_without_a_reason(cast, document_at, verb):
    document = document_at(S.AVAILABLE)
    with pytest.raises(WorkflowError, match="Say "):
        getattr(workflow, verb)(document=document, reason="  ", by=cast.business_manager, now=timezone.now())
    document.refresh_from_db()
    assert document.status == S.AVAILABLE


def test_a_withdrawn_document_keeps_its_file_and_a_disposed_one_its_row(
    cast, document_at, django_capture_on_commit_callbacks
):
    document = call("withdraw", document_at(S.AVAILABLE), cast.business_manager)
    assert storage.read(document.key)
    assert not Document.objects.downloadable().exists()
    with django_capture_on_commit_callbacks(execute=True):
        call("dispose", document, cast.business_manager)
    document.refresh_from_db()
    assert (document.disposed_reason, document.disposed_by) == ("Because", cast.business_manager)
    assert document.sha256_original
    with pytest.raises(FileNotFoundError):
        storage.read(document.key)


def test_a_legal_hold_stops_disposal_until_it_is_released(cast, document_at):
    document = document_at(S.AVAILABLE)
    by = cast.business_manager
    call("hold", document, by)
    call("hold", document, by)
    document.refresh_from_db()
    assert document.held_reason == "Because"
    call("withdraw", document, by)
    with pytest.raises(WorkflowError, match="legal hold"):
        call("dispose", document, by)
    assert storage.read(document.key)
    call("release", document, by)
    assert call("dispose", document, by).status == S.DISPOSED
    with pytest.raises(WorkflowError, match="no file"):
        call("hold", document, by)


def test_only_the_manager_holds(cast, document_at):
    document = document_at(S.AVAILABLE)
    with pytest.raises(NotPermitted):
        call("hold", document, cast.chair)
