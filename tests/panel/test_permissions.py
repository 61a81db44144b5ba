"""The permission vocabulary, read as one table. A change of GRANTS must be made here too, on purpose."""

from datetime import date, timedelta

import pytest

from core.errors import NotPermitted
from panel.models import Membership
from panel.permissions import GRANTS, Permission, can, check
from panel.roles import Role
from tests.cast import make_user

TODAY = date(2026, 11, 23)

# chair, deputy chair, member, named deputy, invited, partner, manager, scrutineer, manager's deputy
TABLE = {
    Permission.SEE_CASES: "x x x x x x x x x",
    Permission.SEE_NAMES: "x x x x x - x - x",
    Permission.RECORD_CASE: "x x x x - - x - -",
    Permission.SCREEN_CASE: "x x - - - - x - -",
    Permission.MANAGE_ACCESS: "x x - - - - x - -",
    Permission.READ_DOCUMENTS: "x x x x x - x - -",
    Permission.ADD_DOCUMENTS: "x x x x - - x - -",
    Permission.WITHDRAW_DOCUMENTS: "x x - - - - x - -",
    Permission.DISPOSE_OF_DOCUMENTS: "- - - - - - x - -",
    Permission.ASK_AGENCIES: "x x - - - - x - -",
    Permission.EDIT_CHRONOLOGY: "x x x x - - x - -",
    Permission.DECLARE_CONFLICT: "x x x x x x x x x",
    Permission.RULE_CONFLICT: "x x - - - - - - -",
    Permission.SEE_AS: "x - - - - - x - -",
    Permission.BREAK_GLASS: "- - - - - - - - x",
    Permission.OPEN_RAPID_REVIEW: "x x - - - - x - -",
    Permission.EDIT_RAPID_REVIEW: "x x x x - - x - -",
    Permission.ASSIGN_SECTIONS: "x x - - - - x - -",
    Permission.COMMENT_RAPID_REVIEW: "x x x x x - x - -",
    Permission.RECOMMEND: "x x - - - - x - -",
    Permission.DECIDE: "- - - - - x - - -",
    Permission.SEND_RAPID_REVIEW: "x x - - - - x - -",
    Permission.WITHDRAW_RAPID_REVIEW: "x x - - - - x - -",
    Permission.ANSWER_CIRCULATION: "x x x x - - - - -",
    Permission.RESOLVE: "x x - - - - x - -",
    Permission.SEE_MEETINGS: "x x x x - x x x -",
    Permission.PLAN_MEETINGS: "x x - - - - x - -",
    Permission.RAISE_SAFEGUARDING: "x x x x - - x - -",
    Permission.SETTLE_SAFEGUARDING: "x x - - - - - - -",
    Permission.WITHDRAW_SAFEGUARDING: "x x - - - - x - -",
    Permission.SEE_PRACTICE_REVIEWS: "x x x x - x x x -",
    Permission.MANAGE_PRACTICE_REVIEWS: "x x - - - - x - -",
    Permission.SIGN_OFF_PRACTICE_REVIEWS: "x x - - - - - - -",
    Permission.PREPARE_PUBLICATION: "x x - - - - x - -",
    Permission.PUBLISH: "x x - - - - x - -",
    Permission.SEE_LEARNING: "x x x x - x x x -",
    Permission.EDIT_LEARNING: "x x x x - - x - -",
    Permission.MANAGE_LEARNING: "x x - - - - x - -",
    Permission.CONDUCT_MEETINGS: "x x - - - - x - -",
    Permission.SEE_ACTIONS: "x x x x - x x x -",
    Permission.ADD_ACTIONS: "x x x x - - x - -",
    Permission.MANAGE_ACTIONS: "x x - - - - x - -",
    Permission.DECIDE_ACTION_DATES: "x x - - - - - - -",
    Permission.CLOSE_ACTIONS: "x x - - - - x - -",
    Permission.ANSWER_ESCALATIONS: "x x - - - x x - -",
    Permission.SEE_BOARD: "x x x x - x x x -",
    Permission.SEE_REPORTS: "x x x x - x x x -",
    Permission.WRITE_REPORT: "- - - - - - x - -",
    Permission.APPROVE_REPORT: "x x - - - - - - -",
    Permission.SEND_REPORT: "- - - - - - x - -",
    Permission.SEE_OUTBOX: "- - - - - - x - -",
    Permission.CONFIGURE: "- - - - - - x - -",
}
ROLES = [
    Role.CHAIR,
    Role.DEPUTY_CHAIR,
    Role.MEMBER,
    Role.NAMED_DEPUTY,
    Role.INVITED,
    Role.SAFEGUARDING_PARTNER,
    Role.BUSINESS_MANAGER,
    Role.SCRUTINEER,
    Role.DEPUTY_MANAGER,
]


def test_the_table_names_every_permission_and_every_role():
    assert set(TABLE) == set(Permission) == set(GRANTS)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_roles_hold_what_the_table_says(permission):
    expected = {role for role, mark in zip(ROLES, TABLE[permission].split(), strict=True) if mark == "x"}
    assert GRANTS[permission] == expected


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_somebodys(permission):
    assert GRANTS[permission], f"nobody may {permission.label}"


def test_nobody_both_writes_and_approves_a_report():
    """Four eyes: the roles do not overlap."""
    assert not GRANTS[Permission.WRITE_REPORT] & GRANTS[Permission.APPROVE_REPORT]


def test_a_scrutineer_only_reads_and_declares():
    held = {permission for permission, roles in GRANTS.items() if Role.SCRUTINEER in roles}
    assert held == {
        Permission.SEE_CASES,
        Permission.SEE_BOARD,
        Permission.SEE_MEETINGS,
        Permission.SEE_ACTIONS,
        Permission.SEE_PRACTICE_REVIEWS,
        Permission.SEE_LEARNING,
        Permission.SEE_REPORTS,
        Permission.DECLARE_CONFLICT,
    }


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=10), True),
        (TODAY + timedelta(days=11), False),
    ],
)
def test_a_right_runs_with_its_membership(cast, day, may):
    person = make_user("Tay Invented")
    Membership.objects.create(
        user=person,
        role=Role.MEMBER,
        agency=cast.agencies.schools,
        from_date=TODAY,
        until_date=TODAY + timedelta(days=10),
    )
    assert can(person, Permission.SEE_CASES, on=day) is may


def test_inactive_people_hold_nothing(cast):
    cast.business_manager.is_active = False
    assert not any(can(cast.business_manager, permission, on=TODAY) for permission in Permission)


def test_a_superuser_without_a_role_holds_nothing(db):
    person = make_user("Una Invented", is_superuser=True)
    assert not any(can(person, permission, on=TODAY) for permission in Permission)


def test_refusal_is_a_sentence(cast):
    with pytest.raises(NotPermitted, match=r"You are not allowed to screen a case\. Ask the business manager"):
        check(cast.member, Permission.SCREEN_CASE, on=TODAY)
