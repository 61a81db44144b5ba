"""Every status and verb beside a review: the tables and the workflow functions say the same, and who may is refused."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from panel.models import Agency
from practice_reviews.choices import ContactKind, EventKind
from practice_reviews.permissions import row_verbs
from practice_reviews.states import (
    ANSWERS,
    CHECKS,
    DRAFTS,
    EVENTS,
    FAMILY,
    PROCEEDINGS,
    AnswerStatus,
    CheckStatus,
    DraftStatus,
    EventStatus,
    Involvement,
    ProceedingStatus,
)
from practice_reviews.workflow import answering, checking, drafts, family, practitioners, proceedings
from rapid_reviews.choices import ProceedingKind
from tests.agency_returns.factories import give_leads
from tests.practice_reviews.factories_beside import (
    case_review,
    check_at,
    comment,
    draft_at,
    lead_of,
    learning_review,
)
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)
LEADERS = {"business_manager", "chair", "deputy_chair"}
OTHERS = {"member", "partner_la", "scrutineer", "invited", "outsider"}
I, E, P = Involvement, EventStatus, ProceedingStatus  # noqa: E741 - as read in the table
D, C, A = DraftStatus, CheckStatus, AnswerStatus

# Written out a second time, on purpose: table → verb → {from: to}.
EXPECTED = {
    FAMILY: {
        "invite": {I.TO_INVITE: I.INVITED, I.DECLINED: I.INVITED, I.SET_ASIDE: I.INVITED},
        "accept": {I.INVITED: I.ACCEPTED, I.DECLINED: I.ACCEPTED},
        "decline": {I.INVITED: I.DECLINED, I.ACCEPTED: I.DECLINED},
        "set_aside": {I.TO_INVITE: I.SET_ASIDE, I.INVITED: I.SET_ASIDE},
        "hear_views": {I.ACCEPTED: I.ACCEPTED},
        "share_draft": {I.ACCEPTED: I.ACCEPTED},
        "tell_of_publication": {s: s for s in (I.INVITED, I.ACCEPTED, I.DECLINED, I.SET_ASIDE)},
    },
    EVENTS: {
        "change": {E.PLANNED: E.PLANNED},
        "hold": {E.PLANNED: E.HELD},
        "correct": {E.HELD: E.HELD},
        "cancel": {E.PLANNED: E.CANCELLED},
        "plan_again": {E.CANCELLED: E.PLANNED},
    },
    PROCEEDINGS: {"change": {P.OPEN: P.OPEN}, "end": {P.OPEN: P.ENDED}, "reopen": {P.ENDED: P.OPEN}},
    DRAFTS: {
        "circulate": {D.PREPARED: D.OUT},
        "extend": {D.OUT: D.OUT},
        "close_round": {D.OUT: D.CLOSED},
        "withdraw": {D.PREPARED: D.WITHDRAWN, D.OUT: D.WITHDRAWN},
    },
    CHECKS: {
        "write": {C.ASKED: C.STARTED, C.STARTED: C.STARTED},
        "send": {C.STARTED: C.COMMENTED},
        "say_no_comments": {C.ASKED: C.NO_COMMENTS, C.STARTED: C.NO_COMMENTS},
        "take_back": {C.COMMENTED: C.STARTED, C.NO_COMMENTS: C.STARTED},
        "close": {C.ASKED: C.CLOSED, C.STARTED: C.CLOSED},
    },
    ANSWERS: {
        "accept": dict.fromkeys(A, A.ACCEPTED),
        "accept_in_part": dict.fromkeys(A, A.PARTLY),
        "refuse": dict.fromkeys(A, A.REFUSED),
    },
}


@pytest.mark.parametrize("table", EXPECTED, ids=lambda table: table.name)
def test_the_tables_have_exactly_these_transitions(table):
    assert set(table.verbs) == set(EXPECTED[table])
    for verb, moves in EXPECTED[table].items():
        found = {s: table.find(s, verb).target for s in table.statuses if table.find(s, verb)}
        assert found == moves, verb


# ---- rows at each status, and each verb called on them ----


def member_at(review, status, bm):
    row = family.add_member(review=review, name="Ada Pretend", pseudonym="Aunt", by=bm, now=NOW)
    ways = {I.INVITED: ["invite"], I.ACCEPTED: ["invite", "accept"], I.DECLINED: ["invite", "decline"]}
    for verb in ways.get(status, ["set_aside"] if status == I.SET_ASIDE else []):
        call_family(verb, row, bm)
    return row


def call_family(verb, row, by):
    text = f"{verb} {timezone.now().isoformat()}"
    return family.record_contact(member=row, kind=ContactKind(verb), on=TODAY, text=text, by=by, now=NOW)


def event_at(review, status, bm):
    row = practitioners.plan_event(review=review, kind=EventKind.LEARNING, planned_on=TODAY, by=bm, now=NOW)
    if status != E.PLANNED:
        call_event("hold" if status == E.HELD else "cancel", row, bm)
    return row


def call_event(verb, row, by):
    ways = {
        "change": lambda: practitioners.change_event(event=row, kind=EventKind.FOCUS, planned_on=LATER, by=by, now=NOW),
        "hold": lambda: _hold(row, by, E.PLANNED),
        "correct": lambda: _hold(row, by, E.HELD),
        "cancel": lambda: practitioners.cancel_event(event=row, reason="Snow.", by=by, now=NOW),
        "plan_again": lambda: practitioners.plan_event_again(event=row, planned_on=LATER, by=by, now=NOW),
    }
    return ways[verb]()


def _hold(row, by, only_from):
    """Two verbs of the table are one function; each is tried where it belongs."""
    row.refresh_from_db()
    if row.status in (E.PLANNED, E.HELD) and row.status != only_from:
        raise InvalidTransition("the other verb")
    return practitioners.hold_event(event=row, held_on=TODAY, learning="Much.", by=by, now=NOW)


def proceeding_at(review, status, bm):
    row = proceedings.record_proceeding(
        review=review, kind=ProceedingKind.INQUEST, contact="Coroner", standing="Open", by=bm, now=NOW
    )
    if status == P.ENDED:
        call_proceeding("end", row, bm)
    return row


def call_proceeding(verb, row, by):
    ways = {
        "change": lambda: proceedings.change_proceeding(
            proceeding=row, contact="Coroner", standing="Listed", by=by, now=NOW
        ),
        "end": lambda: proceedings.end_proceeding(proceeding=row, ended_on=TODAY, outcome="Done.", by=by, now=NOW),
        "reopen": lambda: proceedings.reopen_proceeding(proceeding=row, standing="Appeal", by=by, now=NOW),
    }
    return ways[verb]()


def call_draft(verb, row, by):
    agencies = [check.agency for check in row.checks.all()] or list(_schools())
    ways = {
        "circulate": lambda: drafts.circulate(draft=row, agencies=agencies, due_on=LATER, by=by, now=NOW),
        "extend": lambda: drafts.extend(draft=row, due_on=LATER + timedelta(days=1), by=by, now=NOW),
        "close_round": lambda: drafts.close_round(draft=row, by=by, now=NOW),
        "withdraw": lambda: drafts.withdraw(draft=row, reason="Wrong file.", by=by, now=NOW),
    }
    return ways[verb]()


def _schools():
    give_leads()
    return Agency.objects.filter(short_name="Schools")


# table → (row at a status of a review, call a verb on it, statuses in which a verb is done already and quiet)
ROWS = {
    FAMILY: (member_at, call_family, {}),
    EVENTS: (event_at, call_event, {"cancel": {E.CANCELLED}}),
    PROCEEDINGS: (proceeding_at, call_proceeding, {"end": {P.ENDED}}),
    DRAFTS: (
        lambda review, status, bm: draft_at(status, review=review),
        call_draft,
        {"close_round": {D.CLOSED}, "withdraw": {D.WITHDRAWN}},
    ),
}


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.name)
def test_the_workflow_does_what_the_table_says_and_nothing_else(cast, table):
    """Each status and verb; each attempt is undone."""
    make, call, quiet = ROWS[table]
    review, bm = learning_review(), cast.business_manager
    for status in table.statuses:
        with transaction.atomic():
            row = make(review, status, bm)
            row.refresh_from_db()
            assert row.status == status
            for verb, moves in EXPECTED[table].items():
                _try(row, status, verb, moves, call, quiet, cast)
            transaction.set_rollback(True)


def _try(row, status, verb, moves, call, quiet, cast):
    if table_verb_reaches_the_right(status, verb):
        with pytest.raises(NotPermitted), transaction.atomic():
            call(verb, row, cast.second_member)
    with transaction.atomic():
        if status in moves or status in quiet.get(verb, ()):
            call(verb, row, cast.chair)
            row.refresh_from_db()
            assert row.status == moves.get(status, status), verb
        else:
            with pytest.raises(InvalidTransition), transaction.atomic():
                call(verb, row, cast.chair)
        transaction.set_rollback(True)
    row.refresh_from_db()


def table_verb_reaches_the_right(status, verb):
    """`hold` and `correct` are one function, tried only where the verb belongs (see `_hold`)."""
    return (status, verb) not in {(E.PLANNED, "correct"), (E.HELD, "hold")}


@pytest.mark.parametrize("table", [*ROWS, ANSWERS], ids=lambda table: table.name)
def test_who_may_what(cast, table):
    review = learning_review()
    for status in table.statuses:
        wanted = {verb for verb, moves in EXPECTED[table].items() if status in moves}
        for name in LEADERS | OTHERS:
            found = row_verbs(getattr(cast, name), table, status, review, on=TODAY)
            assert found == (wanted if name in LEADERS else set()), (status, name)


def test_a_wall_is_stronger_than_every_right(cast):
    review = case_review()
    member = family.add_member(review=review, name="Ada Pretend", pseudonym="Aunt", by=cast.business_manager, now=NOW)
    wall_off(review.referral, cast.chair)
    assert row_verbs(cast.chair, FAMILY, member.status, review, on=TODAY) == frozenset()
    with pytest.raises(NotPermitted):
        call_family("invite", member, cast.chair)


def call_check(verb, row, bm):
    by = lead_of(row)
    ways = {
        "write": lambda: comment(row, page=str(row.comments.count() + 7)),
        "send": lambda: checking.send(check=row, by=by, now=NOW),
        "say_no_comments": lambda: checking.say_no_comments(check=row, by=by, now=NOW),
        "take_back": lambda: checking.take_back(check=row, by=by, now=NOW),
        "close": lambda: drafts.close_check(check=row, by=bm, now=NOW),
    }
    return ways[verb]()


# Quiet: done already. Said with another sentence: closed (the round is over for this agency), written comments.
QUIET_CHECKS = {
    "send": {C.COMMENTED}, "say_no_comments": {C.NO_COMMENTS}, "take_back": {C.STARTED}, "close": {C.CLOSED},
}  # fmt: skip


def test_an_agency_moves_its_check_as_the_table_says(cast):
    review = learning_review()
    for status in CheckStatus:
        with transaction.atomic():
            row = check_at(status, review=review)
            assert row.status == status
            for verb, moves in EXPECTED[CHECKS].items():
                with transaction.atomic():
                    if status == C.STARTED and verb == "say_no_comments":
                        with pytest.raises(WorkflowError, match="You have written comments"):
                            call_check(verb, row, cast.business_manager)
                    elif status in moves or status in QUIET_CHECKS.get(verb, ()):
                        call_check(verb, row, cast.business_manager)
                        row.refresh_from_db(fields=["status"])
                        assert row.status == moves.get(status, status), verb
                    else:
                        with pytest.raises(WorkflowError):
                            call_check(verb, row, cast.business_manager)
                    transaction.set_rollback(True)
                row.refresh_from_db(fields=["status"])
            transaction.set_rollback(True)


def test_a_comment_is_answered_and_answered_anew(cast):
    row = check_at(CheckStatus.COMMENTED)
    one = row.comments.get()
    for answer in (A.REFUSED, A.PARTLY, A.ACCEPTED, A.REFUSED):
        answering.answer_comment(comment=one, answer=answer, reason="Our records.", by=cast.chair, now=NOW)
        one.refresh_from_db()
        assert (one.answer, one.answered_by) == (answer, cast.chair)
    with pytest.raises(NotPermitted):
        answering.answer_comment(comment=one, answer=A.ACCEPTED, by=cast.member, now=NOW)
    with pytest.raises(WorkflowError, match="Choose accepted"):
        answering.answer_comment(comment=one, answer=A.OPEN, by=cast.chair, now=NOW)
