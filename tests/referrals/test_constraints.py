"""What cannot be is refused below the workflow too: by the guard, and by the database itself."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import UnguardedWrite
from referrals.models import CaseInvitation, Child, ConflictOfInterest, Referral
from referrals.states import Status
from tests.referrals.factories import invite, make_referral, wall_off

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday


def test_a_case_is_written_by_the_workflow_only(cast):
    case = make_referral()
    for write in (case.save, case.delete, Referral.objects.all().delete):
        with pytest.raises(UnguardedWrite):
            write()
    with pytest.raises(UnguardedWrite):
        Referral.objects.update(status=Status.WITHDRAWN)


def sql(table, assignment, pk):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {assignment} WHERE id = %s", [pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "assignment",
    [
        "reference = ''",
        "status = 'draft'",
        "recorded_at = NULL",
        "closed_on = '2026-11-25'",
        "la_aware_on = incident_on - 1",
        "partnership_aware_on = incident_on - 1",
        "notified_on = la_aware_on - 1",
        "partners_informed_on = la_aware_on - 1",
        "copy_received_on = notified_on - 1",
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(cast, assignment):
    case = make_referral(now=NOW, dates={"notified_on": date(2026, 11, 24)})
    with pytest.raises(IntegrityError):
        sql(Referral._meta.db_table, assignment, case.pk)


@pytest.mark.parametrize(
    "assignment",
    [
        "name = ''",
        "is_unborn = true",
        "expected_on = '2027-01-01'",
        "ethnicity = 'not_known'",
        "disability = 'not_known'",
        "is_index = true",
        "pseudonym = 'Child A'",
        "position = 1",
    ],
)
def test_the_database_refuses_a_child_that_cannot_be(cast, assignment):
    case = make_referral(children=[{}, {"name": "Sage Invented"}])
    with pytest.raises(IntegrityError):
        sql(Child._meta.db_table, assignment, case.children.get(pseudonym="Child B").pk)


@pytest.mark.parametrize(
    ("model", "assignment"),
    [
        (ConflictOfInterest, "ended_on = '2026-11-26'"),
        (ConflictOfInterest, "ended_by_id = recorded_by_id, ended_on = from_on - 1"),
        (CaseInvitation, "until_on = from_on - 1"),
        (CaseInvitation, "withdrawn_on = from_on"),
    ],
)
def test_the_database_refuses_walls_and_doors_that_cannot_be(cast, model, assignment):
    case = make_referral()
    wall_off(case, cast.walled)
    invite(case, cast.invited)
    with pytest.raises(IntegrityError):
        sql(model._meta.db_table, assignment, model.objects.get().pk)


def test_two_references_are_never_the_same(cast):
    first, second = make_referral(), make_referral()
    with pytest.raises(IntegrityError):
        sql(Referral._meta.db_table, f"reference = '{first.reference}'", second.pk)
