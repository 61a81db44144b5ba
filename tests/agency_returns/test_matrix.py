"""Every status and verb: the table and the workflow functions say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from access_links.models import AccessLink
from agency_returns import workflow
from agency_returns.choices import ISSUES, Finding, Part
from agency_returns.states import TABLE, Status
from core.errors import WorkflowError
from rapid_reviews import workflow as reviews
from tests.agency_returns.factories import ask, contributor, give_leads, request_at, signer, submit, write
from tests.cast import sign_in
from tests.rapid_reviews.factories import rapid_review_at, send, write_sections

pytestmark = pytest.mark.django_db
S = Status
NOW = timezone.now()

# Written out a second time, on purpose: verb → (from which statuses, to which).
EXPECTED = {
    "open": ({S.ASKED}, S.OPENED),
    "start": ({S.ASKED, S.OPENED}, S.STARTED),
    "declare_no_involvement": ({S.ASKED, S.OPENED, S.STARTED}, S.NO_INVOLVEMENT),
    "answer_after_all": ({S.NO_INVOLVEMENT}, S.STARTED),
    "submit": ({S.STARTED}, S.SIGNING),
    "take_back": ({S.SIGNING}, S.STARTED),
    "send_back": ({S.SIGNING}, S.STARTED),
    "sign_off": ({S.SIGNING}, S.RETURNED),
    "add_more": ({S.RETURNED}, S.STARTED),
    "close": ({S.ASKED, S.OPENED, S.STARTED, S.SIGNING}, S.CLOSED),
}
# "Already done is a quiet success": these statuses stay as they are and nothing is said.
QUIET = {
    "declare_no_involvement": {S.NO_INVOLVEMENT},
    "submit": {S.SIGNING},
    "take_back": {S.STARTED},
    "sign_off": {S.RETURNED},
    "close": {S.CLOSED},
    # Who goes on writing needs no start; more is being added already, or the first version is still being written.
    "start": {S.STARTED, S.SIGNING},
    "answer_after_all": {S.STARTED, S.SIGNING},
    "add_more": {S.STARTED, S.SIGNING},
}


def call(verb, request, cast):
    by, version = contributor(request), request.current
    calls = {
        "start": lambda: workflow.begin(request=request, by=by, now=NOW),
        "answer_after_all": lambda: workflow.begin(request=request, by=by, now=NOW),
        "declare_no_involvement": lambda: workflow.declare_no_involvement(request=request, by=by, now=NOW),
        "submit": lambda: submit(request),
        "take_back": lambda: workflow.take_back(request=request, by=by, now=NOW),
        "send_back": lambda: workflow.send_back(version=version, reason="More.", by=signer(), now=NOW),
        "sign_off": lambda: workflow.sign_off(version=version, by=signer(), now=NOW),
        "add_more": lambda: workflow.add_more(request=request, by=by, now=NOW),
        "close": lambda: workflow.close(request=request, by=cast.business_manager, now=NOW),
    }
    return calls[verb]()


def test_the_table_has_exactly_these_transitions():
    assert set(TABLE.verbs) == set(EXPECTED)
    for verb, (sources, target) in EXPECTED.items():
        assert {s for s in Status if TABLE.find(s, verb)} == sources, verb
        assert {TABLE.find(s, verb).target for s in sources} == {target}


@pytest.mark.parametrize("status", list(Status))
def test_the_workflow_does_what_the_table_says_and_nothing_else(cast, status):
    """Each attempt is undone. `open` has its own test: it comes from access_links, with the code."""
    request = request_at(status)
    if status == S.STARTED:
        write_the_rest(request)
    for verb, (sources, target) in EXPECTED.items():
        if verb == "open" or (verb in ("send_back", "sign_off") and request.current is None):
            continue
        other = {"start": "answer_after_all", "answer_after_all": "start"}.get(verb)
        if other and status in EXPECTED[other][0]:
            continue  # one function for both: the other verb holds here
        with transaction.atomic():
            _attempt(verb, request, cast, allowed=status in sources, target=target)
            transaction.set_rollback(True)
        request.refresh_from_db()
        assert request.status == status


def _attempt(verb, request, cast, *, allowed, target):
    status = request.status
    if allowed or status in QUIET.get(verb, set()):
        call(verb, request, cast)
        request.refresh_from_db()
        assert request.status == (target if allowed else status), f"{verb} from {status}"
    else:
        with pytest.raises(WorkflowError), transaction.atomic():
            call(verb, request, cast)


def write_the_rest(request):
    by = contributor(request)
    workflow.save_part(request=request, key=Part.SUMMARY, text="", revision=1, by=by, now=NOW)
    _complete(request, by)


def _complete(request, by):
    for part in Part:
        revision = 2 if part == Part.SUMMARY else 0
        finding = Finding.NO if part in ISSUES else ""
        workflow.save_part(request=request, key=part, text="Words.", finding=finding, revision=revision, by=by, now=NOW)
    workflow.explain_no_rows(request=request, reason="One call only.", by=by, now=NOW)


def test_opening_twice_is_quiet(cast):
    request = request_at(S.STARTED)
    workflow.link_opened(AccessLink.objects.get(), NOW)
    request.refresh_from_db()
    assert request.status == S.STARTED


def test_sending_or_withdrawing_the_review_closes_what_is_open(cast):
    for end in ("send", "withdraw"):
        review = rapid_review_at("decided" if end == "send" else "gathering")
        request = ask_of(review, cast)
        if end == "withdraw":
            reviews.withdraw(review=review, reason="Not met.", by=cast.chair, now=NOW)
        else:
            write_sections(review)
            send(review, by=cast.chair, now=NOW)
        request.refresh_from_db()
        assert request.status == S.CLOSED


def ask_of(review, cast):
    give_leads()
    return ask(review.referral)


def test_the_reviews_page_says_which_returns_are_missing(cast):
    review = rapid_review_at("gathering")
    request = ask_of(review, cast)
    address = f"/cases/{review.referral.reference}/rapid-review/"
    client = sign_in(cast.member)
    assert "1 agency return is still missing: Council" in client.get(address).content.decode()
    write(request)
    workflow.sign_off(version=submit(request), by=signer(), now=NOW)
    assert "still missing: Council" not in client.get(address).content.decode()
