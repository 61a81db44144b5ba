"""Every status, verb and person of each table: the tables, the permissions and the workflow say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from agency_returns.actors import member
from core.errors import InvalidTransition, NotPermitted
from learning import workflow
from learning.permissions import TABLES, verbs_for
from learning.states import (
    BRIEFINGS,
    CASCADES,
    MESSAGES,
    POINTS,
    PRODUCTS,
    READING,
    BriefingStatus,
    CascadeStatus,
    MessageStatus,
    PointStatus,
    ProductStatus,
    ReadingStatus,
)
from tests.learning.factories import (
    briefing_at,
    cascade_at,
    case_origin,
    end,
    message_at,
    point_at,
    product_at,
    review_at,
)
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
LEADERS = {"business_manager", "chair", "deputy_chair"}
AGENCY = LEADERS | {"member", "deputy", "contributor"}  # Schools is asked; contributor is an invited one of its people
READER = {"member"}
EVERYBODY = AGENCY | {"second_member", "partner_la", "scrutineer", "invited", "outsider"}

P, R, M, D, C, B = PointStatus, ReadingStatus, MessageStatus, ProductStatus, CascadeStatus, BriefingStatus
# Written out a second time, on purpose: table → verb → (from which statuses, to which, who may, quiet where done).
EXPECTED = {
    POINTS: {
        "agree": ({P.PROPOSED}, P.AGREED, LEADERS, True),
        "set_aside": ({P.PROPOSED, P.AGREED}, P.SET_ASIDE, LEADERS, True),
        "take_up": ({P.SET_ASIDE}, P.PROPOSED, LEADERS, True),
    },
    READING: {
        "assign": ({R.LISTED, R.READING, R.READ}, R.READING, LEADERS, False),
        "finish_reading": ({R.READING}, R.READ, READER, False),
        "decide": ({R.LISTED, R.READING, R.READ}, R.DECIDED, LEADERS, False),
        "reopen": ({R.DECIDED}, R.READ, LEADERS, True),
    },
    MESSAGES: {
        "recommend": ({M.DRAFTED}, M.RECOMMENDED, LEADERS, True),
        "send_back": ({M.RECOMMENDED}, M.DRAFTED, LEADERS, False),
        "agree": ({M.RECOMMENDED}, M.AGREED, LEADERS, True),
        "close": ({M.AGREED}, M.CLOSED, LEADERS, True),
        "withdraw": ({M.DRAFTED, M.RECOMMENDED, M.AGREED}, M.WITHDRAWN, LEADERS, True),
    },
    PRODUCTS: {
        "issue": ({D.PLANNED}, D.ISSUED, LEADERS, True),
        "cancel": ({D.PLANNED}, D.CANCELLED, LEADERS, True),
    },
    CASCADES: {
        "confirm": ({C.ASKED}, C.CONFIRMED, AGENCY, False),
        "withdraw": ({C.ASKED}, C.WITHDRAWN, LEADERS, True),
    },
    BRIEFINGS: {
        "finish": ({B.DRAFT}, B.FINISHED, LEADERS, True),
        "reopen": ({B.FINISHED}, B.DRAFT, LEADERS, True),
    },
}
MAKE = {
    POINTS: point_at, READING: review_at, MESSAGES: message_at, PRODUCTS: product_at, CASCADES: cascade_at,
    BRIEFINGS: briefing_at,
}  # fmt: skip
CALLS = {
    (POINTS, "agree"): lambda row, **who: workflow.agree_point(point=row, **who),
    (POINTS, "set_aside"): lambda row, **who: workflow.set_aside_point(point=row, reason="No.", **who),
    (POINTS, "take_up"): lambda row, **who: workflow.take_up_point(point=row, **who),
    (READING, "decide"): lambda row, **who: workflow.decide_review(
        review=row, outcome="panel", implications="Much.", **who
    ),
    (READING, "reopen"): lambda row, **who: workflow.reopen_review(review=row, **who),
    (MESSAGES, "recommend"): lambda row, **who: workflow.recommend_message(message=row, **who),
    (MESSAGES, "send_back"): lambda row, **who: workflow.send_back_message(message=row, reason="Shorter.", **who),
    (MESSAGES, "agree"): lambda row, **who: workflow.agree_message(message=row, on=TODAY, **who),
    (MESSAGES, "withdraw"): lambda row, **who: workflow.withdraw_message(message=row, reason="No.", **who),
    (MESSAGES, "close"): lambda row, **who: workflow.close_message(message=row, closing_words="Done.", **who),
    (PRODUCTS, "issue"): lambda row, **who: workflow.issue_product(product=row, on=TODAY, **who),
    (PRODUCTS, "cancel"): lambda row, **who: workflow.cancel_product(product=row, reason="No.", **who),
    (CASCADES, "confirm"): lambda row, by, now: workflow.confirm_cascade(
        cascade=row, people=3, how="By hand.", by=member(by), now=now
    ),
    (CASCADES, "withdraw"): lambda row, **who: workflow.withdraw_cascade(cascade=row, **who),
    (BRIEFINGS, "finish"): lambda row, **who: workflow.finish_briefing(briefing=row, **who),
    (BRIEFINGS, "reopen"): lambda row, **who: workflow.reopen_briefing(briefing=row, **who),
}
PLACES = [(table, status) for table in EXPECTED for status in table.statuses]


def name(value):
    return getattr(value, "name", str(value))


def make(table, status, cast):
    return MAKE[table](status, readers=[cast.member]) if table is READING else MAKE[table](status)


def prepare(table, verb, row):
    """What else a verb needs: impact recorded before closing, every part written before finishing."""
    if (table, verb) == (MESSAGES, "close") and row.status == M.AGREED:
        product_at(D.ISSUED, message=row)
        for check in row.impact_checks.all():
            workflow.record_impact(check=check, outcome="no", evidence="Seen.", by=row.drafted_by, now=NOW)
    if (table, verb) == (BRIEFINGS, "finish"):
        texts = {part.position: "Words." for part in row.texts}
        if row.status == B.DRAFT:
            workflow.write_briefing(
                briefing=row, title="T", marking="official", texts=texts, by=row.started_by, now=NOW
            )


def test_the_tables_have_exactly_these_transitions():
    assert set(TABLES.values()) == set(EXPECTED)
    for table, verbs in EXPECTED.items():
        assert set(table.verbs) == set(verbs)
        for verb, (sources, target, _, _) in verbs.items():
            assert {s for s in table.statuses if table.find(s, verb)} == sources, verb
            assert {table.find(s, verb).target for s in sources} == {target}


@pytest.mark.parametrize(("table", "status"), PLACES, ids=name)
def test_who_may_what_and_the_workflow_does_that_and_nothing_else(cast, table, status):
    """Each attempt is undone."""
    row = make(table, status, cast)
    given = getattr(row, "readers", None) and row.readers.exists()
    for who in EVERYBODY:
        wanted = {verb for verb, (sources, _, able, _) in EXPECTED[table].items() if status in sources and who in able}
        if not given:
            wanted -= {"finish_reading"}
        assert verbs_for(getattr(cast, who), row, on=TODAY) == wanted, who
    for verb, (sources, target, _, quiet) in EXPECTED[table].items():
        if (table, verb) not in CALLS:
            continue
        call = CALLS[table, verb]
        with pytest.raises(NotPermitted), transaction.atomic():
            call(row, by=cast.second_member, now=NOW)
        with transaction.atomic():
            prepare(table, verb, row)
            if status in sources or (quiet and status == target):
                call(row, by=cast.chair, now=NOW)
                row.refresh_from_db()
                assert row.status == (target if status in sources else status), verb
            else:
                with pytest.raises(InvalidTransition), transaction.atomic():
                    call(row, by=cast.chair, now=NOW)
            transaction.set_rollback(True)
        row.refresh_from_db()
        assert row.status == status


def test_a_wall_is_stronger_than_every_right(cast):
    point = point_at(origin=case_origin())
    wall_off(point.referral, cast.chair)
    assert verbs_for(cast.chair, point, on=TODAY) == frozenset()
    with pytest.raises(NotPermitted):
        workflow.agree_point(point=point, by=cast.chair, now=NOW)


def test_a_closed_message_stays_closed(cast):
    message = message_at(M.CLOSED)
    end(message, NOW)  # said again: quiet
    message.refresh_from_db()
    assert message.status == M.CLOSED
