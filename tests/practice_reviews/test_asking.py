"""A single-agency review: asked, accepted or declined, late, escalated once each, received. And the state tables."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agency_returns.actors import Actor, member
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from documents.models import Document
from notifications.models import Message
from practice_reviews import workflow
from practice_reviews.permissions import can_ask, verbs_for
from practice_reviews.states import ASKS, TABLE, AskStatus, Status
from rapid_reviews.choices import Outcome
from tests.agency_returns.factories import enter, newest_token
from tests.cast import sign_in
from tests.practice_reviews.factories import LEAD, again, rapid_for, review_at, single
from tests.publications.factories import pdf_file
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MANAGERS = {"business_manager", "chair", "deputy_chair"}
CHAIRS = {"chair", "deputy_chair"}
EVERYBODY = MANAGERS | {"member", "second_member", "walled", "partner_la", "scrutineer", "invited", "outsider"}
RUNNING = {Status.COMMISSIONED, Status.UNDER_WAY, Status.DRAFTED}
# Written out a second time, on purpose: verb → (from which statuses, who may).
EXPECTED = {
    "set_scope": (RUNNING, MANAGERS), "agree_terms": (RUNNING, CHAIRS), "choose_reviewer": (RUNNING, MANAGERS),
    "accept_declaration": (RUNNING, CHAIRS), "request_of_reviewer": (RUNNING, MANAGERS),
    "work_with_panel": (RUNNING, MANAGERS), "move_milestones": (RUNNING | {Status.SIGNED_OFF}, MANAGERS),
    "write_letters": (RUNNING | {Status.SIGNED_OFF}, MANAGERS), "begin": ({Status.COMMISSIONED}, MANAGERS),
    "stop": (RUNNING, CHAIRS),
}  # fmt: skip


def lead():
    return Actor("Lee Invented", LEAD)


def test_the_table_says_what_is_expected():
    for verb, (sources, _) in EXPECTED.items():
        assert {s for s in Status if TABLE.find(s, verb)} == sources, verb
    moves = {(t.verb, tuple(sorted(t.sources)), t.target) for t in ASKS.transitions}
    assert ("decline", ("asked",), "declined") in moves
    assert ("receive", ("accepted",), "received") in moves


@pytest.mark.parametrize("status", [Status.COMMISSIONED, Status.UNDER_WAY, Status.STOPPED])
def test_who_may_what_in_each_status(cast, status):
    review = review_at(status)
    for name in EVERYBODY:
        wanted = {verb for verb, (sources, who) in EXPECTED.items() if status in sources and name in who}
        offered = verbs_for(getattr(cast, name), review, on=timezone.localdate()) & set(EXPECTED)
        assert offered == wanted, name
    wall_off(review.referral, cast.chair)
    assert verbs_for(cast.chair, review, on=timezone.localdate()) == frozenset()


def test_the_agency_declines_with_a_reason_and_is_asked_again(cast):
    _, ask = single()
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.answer(ask=ask, accept=False, by=lead(), now=NOW)
    workflow.answer(ask=ask, accept=False, text="No staff.", by=lead(), now=NOW)
    with pytest.raises(InvalidTransition):
        workflow.answer(ask=ask, accept=True, by=lead(), now=NOW)
    with pytest.raises(NotPermitted):
        workflow.ask_again(ask=ask, text="Smaller.", by=cast.member, now=NOW)
    workflow.ask_again(ask=ask, text="Smaller: five files.", by=cast.chair, now=NOW)
    assert (again(ask).status, again(ask).round, again(ask).answer) == (AskStatus.ASKED, 2, "")


def test_only_the_agency_answers_and_only_managers_receive(cast):
    review, ask = single()
    today = timezone.localdate()
    may = {name for name in EVERYBODY if can_ask(getattr(cast, name), ask, "accept", on=today)}
    assert may == {"member"}
    with pytest.raises(NotPermitted):
        workflow.answer(ask=ask, accept=True, by=member(cast.second_member), now=NOW)
    workflow.answer(ask=ask, accept=True, by=member(cast.member), now=NOW)
    workflow.begin(review=review, by=cast.business_manager, now=NOW)
    with pytest.raises(NotPermitted):
        workflow.receive_report(ask=ask, findings="Two gaps.", by=cast.member, now=NOW)
    assert workflow.receive_report(ask=ask, findings="Two gaps.", by=cast.chair, now=NOW).status == "received"


def test_a_review_begins_only_when_the_agency_has_accepted(cast):
    review, _ = single()
    with pytest.raises(WorkflowError, match="has not accepted the review yet"):
        workflow.begin(review=review, by=cast.chair, now=NOW)


def test_late_the_agency_then_the_chair_then_the_executive_are_told_once_each(cast, settings):
    settings.MAIL_HOURS = "always"
    _, ask = single()
    assert workflow.sweep(now=NOW) == []
    levels = []
    for days in (1, 4, 8, 20, 40):
        later = NOW + timedelta(days=7 + days)
        levels.append({due.level.value for due in workflow.sweep(now=later)})
        assert workflow.sweep(now=later) == []
    assert [level for found in levels for level in sorted(found)] == ["agency", "chair", "executive"]
    assert again(ask).level == "executive"
    told = Message.objects.filter(kind="review-escalated").values_list("address", flat=True)
    assert set(told) == {u.email for u in (cast.chair, cast.partner_la, cast.partner_icb, cast.partner_police)}


def test_the_link_leads_to_the_answer_and_ends_with_a_withdrawal(cast):
    review, ask = single()
    token = newest_token("review-asked", LEAD)
    browser = enter(token, LEAD)
    page = f"/reviews/link/{token}/"
    assert "Look at how absences are followed up." in browser.get(page).content.decode()
    typed = browser.post(page, {"accept": "no", "text": ""}).content.decode()
    assert "Say why your agency declines" in typed
    assert browser.post(page, {"accept": "yes", "text": "Gladly."}).status_code == 302
    assert again(ask).answered_label == f"Lee Invented, {review.agency}"
    workflow.withdraw_ask(ask=ask, reason="Overtaken.", by=cast.chair, now=NOW)
    assert "Look at how absences" not in browser.get(page, follow=True).content.decode()


def test_the_report_is_kept_as_a_file_for_those_who_may_see_names(cast):
    review, ask = single()
    workflow.answer(ask=ask, accept=True, by=lead(), now=NOW)
    browser, address = sign_in(cast.business_manager), f"/reviews/review/{review.reference}/agency/report/"
    refused = browser.post(address, {"findings": "Two gaps.", "file": SimpleUploadedFile("report.pdf", b"Not one")})
    assert refused.status_code == 200
    assert again(ask).status == AskStatus.ACCEPTED
    assert browser.post(address, {"findings": "Two gaps.", "file": pdf_file()}).status_code == 302
    kept = Document.objects.get()
    download = reverse("documents:document-download", args=[kept.key])
    assert download in browser.get(review.get_absolute_url()).content.decode()
    assert b"".join(browser.get(download).streaming_content).startswith(b"%PDF")
    for person in (cast.scrutineer, cast.outsider):
        assert sign_in(person).get(download).status_code == 404
    assert download not in sign_in(cast.scrutineer).get(review.get_absolute_url()).content.decode()


def test_the_report_of_a_case_stays_behind_its_walls(cast):
    rapid = rapid_for(Outcome.SINGLE_AGENCY)
    review, ask = single(referral=rapid.referral)
    workflow.answer(ask=ask, accept=True, by=lead(), now=NOW)
    workflow.receive_report(ask=ask, findings="Two gaps.", file=pdf_file(), by=cast.chair, now=NOW)
    wall_off(review.referral, cast.walled, by=cast.business_manager, now=NOW)
    kept = Document.objects.get(owner_key=f"agency-report:{review.reference}")
    assert kept.reference == review.referral.reference
    assert kept in Document.objects.visible_to(cast.member)
    assert kept not in Document.objects.visible_to(cast.walled)
