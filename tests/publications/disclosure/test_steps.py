"""From no check to a cleared report: the gate's sentences, two people, checking again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from core.guard import workflow as guarded
from documents.content.kinds import FileRefused
from notifications.models import Message
from publications.disclosure import gate
from publications.disclosure.choices import Kind, Where
from publications.disclosure.needs import needs
from publications.disclosure.states import CHECKS, FINDINGS, CheckStatus, FindingStatus
from publications.models import DisclosureCheck, DisclosureFinding
from publications.states import Status
from publications.workflow import disclosure as workflow
from publications.workflow import keep_report, withhold
from publications.workflow.disclosure import making
from tests.publications.disclosure import files
from tests.publications.disclosure.factories import BORN, LEAK, checked, fresh, report, texts
from tests.publications.factories import planned
from tests.referrals.factories import CHILD_NAME, SECRET, add_person, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
C, F = CheckStatus, FindingStatus


def reasons(publication) -> list[str]:
    return gate.blocking_reasons(fresh(publication), on=TODAY)


def decide(check, by_proposer, by_second) -> None:
    about = {"publication": check.publication, "findings": check.findings.all(), "now": NOW}
    workflow.propose(reason="It is the name of a flower.", by=by_proposer, **about)
    workflow.accept(by=by_second, **about)


def test_from_no_check_to_nothing_in_the_way(cast):
    publication = texts(planned())
    assert reasons(publication) == ["No disclosure check has been made."]
    asked = workflow.ask_check(publication=publication, file=report(LEAK, BORN), by=cast.business_manager, now=NOW)
    assert reasons(publication) == ["The disclosure check is still running."]
    assert workflow.ask_check(publication=fresh(publication), by=cast.chair, now=NOW) == asked  # a double click
    workflow.make(pk=asked.pk, now=NOW)
    workflow.make(pk=asked.pk, now=NOW)  # the same task delivered twice
    check = DisclosureCheck.objects.get(pk=asked.pk)
    found = {(one.kind, one.found, one.label) for one in check.findings.all()}
    assert found == {(Kind.CHILD, CHILD_NAME, "Child A"), (Kind.BIRTH, "4 May 2018", "Date of birth of Child A")}
    assert {one.place for one in check.findings.all()} == {"paragraph 4", "paragraph 5"}
    assert reasons(publication) == ["2 findings are open in the disclosure check."]
    decide(check, cast.chair, cast.deputy_chair)
    assert reasons(publication) == []


def test_a_second_person_is_neither_who_gave_the_file_nor_who_proposed(cast):
    check = checked(None, LEAK)
    about = {"publication": check.publication, "findings": check.findings.all(), "now": NOW}
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.propose(reason=" ", by=cast.chair, **about)
    assert workflow.propose(reason="A flower.", by=cast.chair, **about) == 1
    assert workflow.propose(reason="A flower.", by=cast.chair, **about) == 0
    for person in (cast.chair, cast.business_manager):  # who proposed it, who gave the file
        with pytest.raises(WorkflowError, match="A second person"):
            workflow.accept(by=person, **about)
    with pytest.raises(NotPermitted):
        workflow.accept(by=cast.member, **about)
    workflow.refuse(reason="It is her name.", by=cast.deputy_chair, **about)
    assert reasons(check.publication) == ["1 finding is open in the disclosure check."]
    decide(check, cast.business_manager, cast.deputy_chair)  # who gave the file may propose
    assert reasons(check.publication) == []
    workflow.reopen(reason="After all.", by=cast.chair, **about)
    assert [(one.status, one.accepted_by) for one in check.findings.all()] == [(F.OPEN, None)]


def test_the_database_wants_two_people_too(cast):
    finding = checked(None, LEAK).findings.get()

    @guarded
    def accept_alone():
        DisclosureFinding.objects.filter(pk=finding.pk).update(
            status=F.ACCEPTED, reason="Mine.", proposed_by=cast.chair, proposed_at=NOW, accepted_by=cast.chair,
            accepted_at=NOW,
        )  # fmt: skip

    with pytest.raises(IntegrityError, match="accepted_by_another"), transaction.atomic():
        accept_alone()


def test_checking_again_mends_what_is_gone_and_carries_over_what_was_accepted(cast):
    first = checked(None, LEAK, BORN)
    publication = first.publication
    child = first.findings.get(kind=Kind.CHILD)
    about = {"publication": publication, "findings": [child], "now": NOW}
    workflow.propose(reason="A flower.", by=cast.chair, **about)
    workflow.accept(by=cast.deputy_chair, **about)
    second = checked(publication, LEAK, "Moved to Zebediah Primary School.")
    stands = {(one.kind, one.status, one.is_new) for one in second.findings.all()}
    assert stands == {(Kind.CHILD, F.ACCEPTED, False), (Kind.SCHOOL, F.OPEN, True)}
    assert [(one.kind, one.mended_in) for one in first.findings.filter(status=F.MENDED)] == [(Kind.BIRTH, second)]
    third = checked(publication, LEAK, "Moved away.", by=cast.deputy_chair)
    carried = third.findings.get()  # who gave this file is no second person for it
    assert (carried.status, carried.accepted_by, carried.reason) == (F.PROPOSED, None, "A flower.")
    with pytest.raises(WorkflowError, match="checked again meanwhile"):
        workflow.propose(publication=publication, findings=[child], reason="Old.", by=cast.chair, now=NOW)
    assert first.findings.get(kind=Kind.CHILD).status == F.ACCEPTED  # what was decided then stays told


def test_what_changes_after_the_check_is_checked_again(cast):
    check = checked(texts(planned()), "Nothing to find.")
    publication = check.publication
    assert reasons(publication) == []
    texts(publication, web=f"About {CHILD_NAME}.")
    assert reasons(publication) == [gate.WEB_CHANGED]
    again = checked(publication)
    assert [(one.where, one.found) for one in again.findings.all()] == [(Where.WEB, CHILD_NAME)]
    texts(publication)
    checked(publication)
    assert reasons(publication) == []
    add_person(publication.practice_review.referral, by=cast.business_manager, now=NOW, name="Petunia Pretend")
    assert reasons(publication) == [gate.MORE_KNOWN]
    checked(publication)
    keep_report(publication=publication, file=report("Another file."), by=cast.business_manager, now=NOW)
    assert reasons(publication) == [gate.CHANGED]


def test_what_a_file_told_before_it_was_cleaned_is_found_too(cast):
    check = checked(None, "Nothing.", author=f"{CHILD_NAME} and others", name="rowan_invented_final.docx")
    found = {(one.where, one.kind, one.found) for one in check.findings.all()}
    assert (Where.AS_GIVEN, Kind.CHILD, CHILD_NAME) in found
    assert (Where.FILE_NAME, Kind.CHILD, "rowan invented") in found
    assert Where.PROPERTIES not in {where for where, _, _ in found}  # the stored file has none


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"Only text.", "Only Word files"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.pdf", files.locked_pdf(), "password"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(cast, name, data, sentence):
    with pytest.raises(FileRefused, match=sentence):
        workflow.ask_check(
            publication=planned(), file=SimpleUploadedFile(name, data), by=cast.business_manager, now=NOW
        )


def test_a_scanned_report_is_never_called_clean(cast):
    publication = planned()
    file = SimpleUploadedFile("scan.pdf", files.scanned_pdf())
    asked = workflow.ask_check(publication=publication, file=file, by=cast.business_manager, now=NOW)
    workflow.make(pk=asked.pk, now=NOW)
    check = DisclosureCheck.objects.get(pk=asked.pk)
    assert (check.status, check.findings.count()) == (C.UNREADABLE, 0)
    assert "pictures of pages and no text" in reasons(publication)[0]
    assert [one.what for one in needs(cast.business_manager, TODAY) if "could not be made" in one.what]


def test_a_check_that_breaks_off_is_tried_again(cast, monkeypatch):
    publication = planned()
    asked = workflow.ask_check(publication=publication, file=report("x"), by=cast.business_manager, now=NOW)

    def broken(*args):
        raise MemoryError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr(making, "scan", broken)
        for attempt in range(making.MAX_ATTEMPTS):
            workflow.make(pk=asked.pk, now=NOW + timedelta(minutes=attempt))
    assert reasons(publication) == ["The disclosure check broke off: try it again."]
    again = workflow.try_again(check=asked, by=cast.business_manager, now=NOW)
    assert workflow.try_again(check=asked, by=cast.business_manager, now=NOW) == again
    workflow.make(pk=asked.pk, now=NOW)
    assert reasons(publication) == []


@pytest.mark.parametrize("status", F.values)
def test_every_status_of_a_finding_and_every_verb(cast, status):
    """Status, verb and role: the table and the workflow say the same; only leaders move anything."""
    expected = {
        "propose": ({F.OPEN}, F.PROPOSED), "accept": ({F.PROPOSED}, F.ACCEPTED), "refuse": ({F.PROPOSED}, F.OPEN),
        "reopen": ({F.ACCEPTED}, F.OPEN), "mend": ({F.OPEN, F.PROPOSED, F.ACCEPTED}, F.MENDED),
    }  # fmt: skip
    assert set(FINDINGS.verbs) == set(expected)
    check = checked(None, LEAK)
    about = {"publication": check.publication, "findings": check.findings.all(), "now": NOW}
    if status in (F.PROPOSED, F.ACCEPTED):
        workflow.propose(reason="A flower.", by=cast.chair, **about)
    if status == F.ACCEPTED:
        workflow.accept(by=cast.deputy_chair, **about)
    for verb, (sources, target) in expected.items():
        found = FINDINGS.find(status, verb)
        assert (found.target if found else None) == (target if status in sources else None)
        if verb == "mend" or status == F.MENDED:
            continue
        more = {} if verb == "accept" else {"reason": "Another reason."}
        for name in ("member", "deputy", "walled", "partner_la", "scrutineer", "invited", "outsider"):
            with pytest.raises(NotPermitted):
                getattr(workflow, verb)(by=getattr(cast, name), **more, **about)
        with transaction.atomic():
            if found:
                getattr(workflow, verb)(by=cast.deputy_chair, **more, **about)
                assert check.findings.get().status == target
            elif not (verb == "accept" and status == F.ACCEPTED):  # accepted already: quiet
                with pytest.raises(InvalidTransition):
                    getattr(workflow, verb)(by=cast.deputy_chair, **more, **about)
            transaction.set_rollback(True)


def test_the_table_of_checks():
    expected = {"finish": C.DONE, "refuse_file": C.UNREADABLE, "give_up": C.FAILED}
    for status in C:
        for verb, target in expected.items():
            found = CHECKS.find(status, verb)
            assert (found.target if found else None) == (target if status == C.WAITING else None)
        assert bool(CHECKS.find(status, "try_again")) == (status == C.FAILED)


def test_who_sees_a_check_and_what_the_trail_says(cast):
    check = checked(None, LEAK)
    referral = check.publication.practice_review.referral
    wall_off(referral, cast.walled)
    decide(check, cast.chair, cast.deputy_chair)
    seen = {n for n in ("chair", "scrutineer", "walled", "contributor", "outsider")
            if DisclosureFinding.objects.visible_to(getattr(cast, n)).exists()}  # fmt: skip
    assert seen == {"chair", "scrutineer"}
    events = Event.objects.filter(verb__startswith="disclosure.")
    assert {one.verb.partition(".")[2] for one in events} == {"asked", "made", "proposed", "accepted"}
    told = " ".join(f"{one.text} {one.details}" for one in events)
    assert "flower" not in told
    assert CHILD_NAME.split()[0] not in told
    assert not Message.objects.filter(text__contains=CHILD_NAME.split()[0]).exists()


def test_needs_tell_each_person_what_is_theirs(cast, django_assert_num_queries):
    check = checked(None, LEAK, BORN)
    about = {"publication": check.publication, "now": NOW}
    first = check.findings.first()
    workflow.propose(findings=[first], reason="A flower.", by=cast.chair, **about)

    def asked(person):
        return sorted(one.what.split()[0] for one in needs(person, TODAY))

    assert asked(cast.deputy_chair) == ["Accept", "Mend"]
    assert asked(cast.chair) == asked(cast.business_manager) == ["Mend"]
    assert asked(cast.member) == []
    with django_assert_num_queries(2):
        needs(cast.deputy_chair, TODAY)
    for number in (2, 3):
        checked(planned(number=number, kind="audit"), "See p.quill@agency.example.")
    with django_assert_num_queries(2):
        assert len(needs(cast.deputy_chair, TODAY)) == 4


def test_what_is_published_instead_and_its_address_tell_nobody(cast):
    publication = texts(planned(), slug="child-z")
    about = {"publication": publication, "justification": "It would harm.", "by": cast.chair, "now": NOW}
    with pytest.raises(WorkflowError, match=f"“{CHILD_NAME}” .name of a child.*Write it anew"):
        withhold(improvements=f"We are sorry for what {CHILD_NAME} lived through.", **about)
    assert fresh(publication).status == Status.PLANNED
    texts(publication, slug=CHILD_NAME.lower().replace(" ", "-"))
    with pytest.raises(WorkflowError, match="Write it anew"):
        withhold(improvements="We share sooner.", **about)
    texts(publication, slug="child-z")
    assert withhold(improvements="We share sooner.", **about).status == Status.WITHHELD
