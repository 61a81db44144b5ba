from datetime import timedelta
from io import BytesIO

import pytest
from django.db import Error, transaction
from django.utils import timezone
from pypdf import PdfReader

from access_links.models import AccessLink
from agency_returns import workflow
from agency_returns.actors import Actor, member
from agency_returns.choices import Finding, Part
from agency_returns.contents import contents_of
from agency_returns.models import AgencyReturn, ReturnPart
from agency_returns.receipt import render
from agency_returns.states import Status
from agency_returns.workflow import PartConflictError
from audit.models import Event
from chronology.models import Row
from core.errors import NotPermitted, UnguardedWrite, WorkflowError
from core.guard import workflow as guarded
from notifications.models import Message
from tests.agency_returns.factories import (
    SIGNER,
    TEXT,
    ask,
    contributor,
    make_case,
    request_at,
    signer,
    submit,
    write,
)
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def save(request, key=Part.SUMMARY, text="Some words.", revision=0, by=None, **more):
    by = by or contributor(request)
    return workflow.save_part(request=request, key=key, text=text, revision=revision, by=by, now=NOW, **more)


def fresh(request):
    request.refresh_from_db()
    return request


def test_the_first_word_starts_the_return(cast):
    request = request_at(Status.OPENED)
    assert request.opened_at is not None
    assert request.current is None
    save(request)
    assert fresh(request).status == Status.STARTED
    assert request.current.version == 1


def test_two_windows_overwrite_nothing(cast):
    request = ask()
    save(request, text="First.")
    save(request, text="Second.", revision=1)
    with pytest.raises(PartConflictError) as caught:
        save(request, text="Typed in the other window.", revision=1)
    assert caught.value.saved.text == "Second."
    assert save(request, text="Second.", revision=1).revision == 2  # the same again is quiet
    assert ReturnPart.objects.get().text == "Second."


def test_an_issue_needs_answer_and_reason(cast):
    request = ask()
    part = save(request, key=Part.SEEN, text="Seen alone twice.")
    assert not part.is_complete
    assert save(request, key=Part.SEEN, text="Seen alone twice.", finding=Finding.YES, revision=1).is_complete
    assert save(request, key=Part.SUMMARY, finding=Finding.YES).finding == ""  # a text has no answer


def test_nothing_is_submitted_while_something_is_missing(cast):
    request = ask()
    save(request)
    with pytest.raises(WorkflowError, match=r"Was the child seen and heard.*The chronology"):
        submit(request)


def test_no_chronology_needs_a_reason(cast):
    request = ask()
    write(request)
    row = Row.objects.get()
    from chronology.workflow import withdraw_row  # noqa: PLC0415 - one use

    key = request.current.source_key
    withdraw_row(row=row, reason="Wrong.", by=None, by_label="Kit", source_key=key, now=NOW)
    assert contents_of(request).missing == ["The chronology"]
    workflow.explain_no_rows(request=request, reason="One call only.", by=contributor(request), now=NOW)
    assert contents_of(request).missing == []
    submit(request)
    assert fresh(request).status == Status.SIGNING


def test_rows_reach_the_chronology_only_when_signed_off(cast):
    request = request_at(Status.SIGNING)
    assert Row.objects.merged().count() == 0
    workflow.sign_off(version=request.current, by=signer(), now=NOW)
    assert Row.objects.merged().get().event == f"Seen at home with {SECRET}."


def test_the_author_signs_only_with_a_reason(cast):
    request = ask()
    write(request)
    by = contributor(request)
    submitted = {"request": request, "signer_name": "Lea", "signer_address": by.address.upper(), "by": by, "now": NOW}
    with pytest.raises(WorkflowError, match="other than you"):
        workflow.submit(**submitted)
    version = workflow.submit(**submitted, same_person_reason="We are a practice of one.")
    assert version.same_person_reason == "We are a practice of one."
    assert workflow.sign_off(version=version, by=by, now=NOW).signed_at == NOW


def test_only_the_named_senior_lead_signs(cast):
    request = request_at(Status.SIGNING)
    for by in (contributor(request), Actor("Kit Invented", "kit@agency.example")):
        with pytest.raises(WorkflowError, match="Sen Invented signs"):
            workflow.sign_off(version=request.current, by=by, now=NOW)
    assert fresh(request).status == Status.SIGNING


def test_sent_back_and_submitted_again(cast):
    request = request_at(Status.SIGNING)
    version = workflow.send_back(version=request.current, reason=f"Say more of {SECRET}.", by=signer(), now=NOW)
    assert fresh(request).status == Status.STARTED
    assert not AccessLink.objects.usable(NOW).filter(subject=version.sign_off_subject).exists()
    message = Message.objects.get(kind="return-sent-back")
    assert message.address == request.lead_address
    assert SECRET not in message.subject + message.text
    submit(request, now=NOW + timedelta(minutes=1))
    assert Message.objects.filter(kind="return-sign-off", address=SIGNER).count() == 2


def test_while_it_waits_for_its_signature_nothing_is_written(cast):
    request = request_at(Status.SIGNING)
    with pytest.raises(WorkflowError, match="Take it back"):
        save(request, text="Sneaked in.", revision=1)
    workflow.take_back(request=request, by=contributor(request), now=NOW)
    assert save(request, text="Said openly.", revision=1).text == "Said openly."


def test_a_signed_version_is_frozen_in_the_database(cast):
    request = request_at(Status.RETURNED)
    version = request.current

    @guarded
    def tamper():
        AgencyReturn.objects.filter(pk=version.pk).update(author_name="Somebody Else")

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        tamper()
    with pytest.raises(UnguardedWrite):
        version.save()
    with pytest.raises(WorkflowError, match="signed off"):
        save(request, text="Later.", revision=1)
    assert version.parts.get(key=Part.SUMMARY).text == TEXT


def test_later_additions_are_a_new_version(cast):
    request = request_at(Status.RETURNED)
    first = request.current
    workflow.add_more(request=request, by=contributor(request), now=NOW)
    assert workflow.add_more(request=request, by=contributor(request), now=NOW).version == 2
    save(request, text="Now we know more.", revision=1)
    assert first.parts.get(key=Part.SUMMARY).text == TEXT
    assert fresh(request).returned_at is not None
    assert not request.is_waiting  # returned once is returned
    version = submit(request)
    workflow.sign_off(version=version, by=signer(), now=NOW)
    assert [v.version for v in request.versions.exclude(signed_at=None)] == [1, 2]
    assert Row.objects.merged().get().source_key == f"return:{request.pk}:v2"


def test_the_receipt_is_tagged_repeatable_and_nameless(cast):
    request = request_at(Status.RETURNED)
    pdf = render(request.current)
    assert pdf.startswith(b"%PDF-")
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    for message in Message.objects.filter(kind="return-receipt"):
        assert [a.filename for a in message.attachments.all()] == [
            f"Receipt-{request.referral.reference}-version-1.pdf"
        ]
        assert bytes(message.attachments.get().content) == pdf
    assert {m.address for m in Message.objects.filter(kind="return-receipt")} == {request.lead_address, SIGNER}
    from agency_returns.receipt import html  # noqa: PLC0415 - beside render

    text = html(request.current)
    assert request.current.sha256 in text
    assert CHILD_NAME not in text
    assert SECRET not in text


def test_no_mail_event_or_key_names_a_child(cast):
    request = request_at(Status.RETURNED)
    workflow.add_more(request=request, by=contributor(request), now=NOW)
    for message in Message.objects.all():
        whole = f"{message.subject} {message.text} {message.key}"
        assert CHILD_NAME not in whole
        assert SECRET not in whole
    assert SECRET not in " ".join(event.sentence for event in Event.objects.filter(verb__startswith="return."))


def test_no_involvement_and_after_all(cast):
    request = ask()
    by = contributor(request)
    workflow.declare_no_involvement(request=request, by=by, now=NOW)
    workflow.declare_no_involvement(request=request, by=by, now=NOW)
    assert fresh(request).status == Status.NO_INVOLVEMENT
    assert Message.objects.filter(kind="return-arrived").count() == 1
    save(request)
    assert fresh(request).status == Status.STARTED
    assert request.no_involvement_by == ""


def test_who_returned_once_was_involved(cast):
    request = request_at(Status.RETURNED)
    workflow.add_more(request=request, by=contributor(request), now=NOW)
    with pytest.raises(WorkflowError, match="was involved"):
        workflow.declare_no_involvement(request=fresh(request), by=contributor(request), now=NOW)


def test_a_part_in_a_colleagues_hands(cast):
    request = ask()
    by = contributor(request)
    arguments = {"request": request, "key": Part.SEEN, "by": by, "now": NOW}
    first = workflow.hand_over(**arguments, name="Cole Invented", address="Cole.Invented@agency.example")
    again = workflow.hand_over(**arguments, name="Cole Invented", address="cole.invented@agency.example")
    assert again == first
    second = workflow.hand_over(**arguments, name="Col Invented", address="col.invented@agency.example")
    first.refresh_from_db()
    assert first.ended_at is not None
    usable = AccessLink.objects.usable(NOW).filter(purpose="return-part")
    assert [link.subject for link in usable] == [second.subject]
    workflow.end_hand_over(hand_over=second, by=by, now=NOW)
    assert not AccessLink.objects.usable(NOW).filter(purpose="return-part").exists()


def test_members_answer_for_their_own_agency_only(cast):
    case = make_case(agencies=[cast.agencies.schools, cast.agencies.hospital])
    cast.agencies.schools.refresh_from_db()
    request = ask(case, agency=cast.agencies.schools)
    for person in (cast.second_member, cast.chair, cast.scrutineer, cast.contributor):
        with pytest.raises(NotPermitted):
            save(request, by=member(person))
    part = save(request, by=member(cast.member))
    assert part.saved_by == f"{cast.member.name}, {cast.agencies.schools}"
    assert Event.objects.filter(verb="return.part_saved", actor=cast.member).exists()


def test_when_the_case_has_ended_nobody_answers(cast):
    from referrals import workflow as cases  # noqa: PLC0415 - beside the other one of that name

    request = request_at(Status.STARTED)
    cases.stop_rapid_review(referral=request.referral, reason="Not met.", by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="has ended"):
        save(request, text="Too late.", revision=1)
