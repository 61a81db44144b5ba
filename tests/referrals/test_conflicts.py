"""Conflicts of interest: every status by verb by role; the deputy acts; questions are asked again."""

import itertools
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import needs
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from notifications import workflow as outbox
from notifications.models import Message
from panel.models import Membership, User
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from referrals import permissions, workflow
from referrals.attention import walls
from referrals.choices import ConflictKind
from referrals.models import ConflictOfInterest, Referral
from referrals.people import recipients, stand_in
from referrals.questions import open_agencies, standings
from referrals.states import CONFLICTS, ConflictStatus, Status
from tests.cast import make_member
from tests.referrals.factories import SECRET, make_referral, referral_at, wall_off

pytestmark = pytest.mark.django_db

S = ConflictStatus
PEOPLE = {
    Role.BUSINESS_MANAGER: "business_manager", Role.CHAIR: "chair", Role.DEPUTY_CHAIR: "deputy_chair",
    Role.MEMBER: "second_member", Role.NAMED_DEPUTY: "deputy", Role.SAFEGUARDING_PARTNER: "partner_la",
    Role.SCRUTINEER: "scrutineer",
}  # fmt: skip
VERBS = ["uphold", "dismiss", "end"]


def declare(case, person, **more):
    facts = {"kind": "agency", "reason": f"Manages the service that saw {SECRET}."} | more
    return workflow.declare_conflict(referral=case, **facts, by=person, now=timezone.now())


def conflict_at(status, case, cast):
    if status == S.RECORDED:
        return wall_off(case, cast.walled)
    if status == S.ENDED:
        return workflow.end_conflict(
            conflict=wall_off(case, cast.walled), reason="Left.", by=cast.chair, now=timezone.now()
        )
    conflict = declare(case, cast.walled)
    if status != S.DECLARED:
        do({S.UPHELD: "uphold", S.DISMISSED: "dismiss"}[status], conflict, cast.chair)
    return ConflictOfInterest.objects.get(pk=conflict.pk)


def do(verb, conflict, by):
    change = getattr(workflow, f"{verb}_conflict")
    return change(conflict=conflict, reason="Weighed.", by=by, now=timezone.now())


def sees(person, case):
    return Referral.objects.visible_to(User.objects.get(pk=person.pk)).filter(pk=case.pk).exists()


@pytest.mark.parametrize(("status", "verb"), list(itertools.product(S, VERBS)))
def test_a_verb_leads_where_the_table_says_or_nowhere(cast, status, verb):
    case = make_referral()
    conflict = conflict_at(status, case, cast)
    row = CONFLICTS.find(status, verb)
    quiet = (verb, status) in {("uphold", S.UPHELD), ("dismiss", S.DISMISSED), ("end", S.ENDED)}
    if row is None and not quiet:
        with pytest.raises(InvalidTransition):
            do(verb, conflict, cast.chair)
    else:
        do(verb, conflict, cast.chair)
    conflict.refresh_from_db()
    assert conflict.status == (row.target if row else status)
    assert sees(cast.walled, case) == (conflict.status in {S.DISMISSED, S.ENDED})


@pytest.mark.parametrize(("verb", "role"), list(itertools.product(VERBS, PEOPLE)))
def test_only_the_roles_of_the_table_may(cast, verb, role):
    transition = next(row for row in CONFLICTS.transitions if row.verb == verb)
    conflict = conflict_at(S.RECORDED if verb == "end" else S.DECLARED, make_referral(), cast)
    person = getattr(cast, PEOPLE[role])
    # While the chair has no conflict, the deputy chair does not rule.
    if role in GRANTS[Permission(transition.who)] and not (role == Role.DEPUTY_CHAIR and verb != "end"):
        do(verb, conflict, person)
    else:
        with pytest.raises(NotPermitted):
            do(verb, conflict, person)


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_who_sees_the_case_may_declare(cast, role):
    case = make_referral()
    person = getattr(cast, PEOPLE[role])
    assert declare(case, person).status == S.DECLARED
    assert not sees(person, case)


@pytest.mark.parametrize("who", ["invited", "outsider", "walled"])
def test_nobody_declares_in_a_case_that_they_do_not_see(cast, who):
    case = make_referral()
    wall_off(case, cast.walled)
    with pytest.raises(NotPermitted):
        declare(case, getattr(cast, who))


def test_every_status_has_somebody_who_holds_the_ball():
    assert set(CONFLICTS.owners) == set(S)


def test_the_deputy_chair_rules_where_the_chair_is_conflicted_and_nobody_where_both_are(cast):
    case = make_referral()
    conflict = declare(case, cast.chair)
    today = timezone.localdate()
    assert permissions.ruler(case, on=today) == cast.deputy_chair
    assert Message.objects.get(kind="conflict-declared").recipient == cast.deputy_chair
    with pytest.raises(NotPermitted):
        do("uphold", conflict, cast.chair)
    declare(case, cast.deputy_chair)
    assert permissions.ruler(case, on=today) is None
    assert not sees(cast.chair, case)


def test_mails_are_nameless_and_the_upheld_one_names_no_case(cast):
    case = make_referral()
    conflict = declare(case, cast.walled)
    mail = Message.objects.get(kind="conflict-declared")
    assert mail.recipient == cast.chair
    assert case.reference in mail.subject
    for word in (SECRET, cast.walled.name, "Rowan"):
        assert word not in mail.subject + mail.text
    do("uphold", conflict, cast.chair)
    ruled = Message.objects.get(kind="conflict-ruled")
    assert ruled.recipient == cast.walled
    assert "upheld" in ruled.text
    assert case.reference not in ruled.subject + ruled.text
    outbox.stop_at_wall(pk=ruled.pk)
    ruled.refresh_from_db()
    assert ruled.state == "queued"


def test_a_dismissal_says_so_with_the_case_and_counts_on_no_day(cast):
    case = make_referral()
    since = timezone.localdate() - timedelta(days=9)
    conflict = declare(case, cast.walled, from_on=since)
    assert conflict.runs_on(since)
    conflict = do("dismiss", conflict, cast.chair)
    ruled = Message.objects.get(kind="conflict-ruled")
    assert case.reference in ruled.text
    assert not conflict.runs_on(since)
    assert declare(case, cast.walled).status == S.DECLARED


def test_a_wall_falls_by_its_date_and_the_leaders_are_told_before(cast):
    case = make_referral()
    last = timezone.localdate() + timedelta(days=5)
    declare(case, cast.walled, until_on=last)
    due = [need for need in needs.collect(cast.business_manager, timezone.localdate()) if "runs out" in need.what]
    assert [need.due for need in due] == [last]
    user = User.objects.get(pk=cast.walled.pk)
    assert not Referral.objects.visible_to(user, on=last).exists()
    assert Referral.objects.visible_to(user, on=last + timedelta(days=1)).exists()
    assert case.may_be_seen_by(user, on=last + timedelta(days=1))


def test_a_conflict_cannot_end_in_the_past_or_start_in_the_future(cast):
    case = make_referral()
    day = timezone.localdate()
    with pytest.raises(WorkflowError, match="in the past"):
        declare(case, cast.walled, until_on=day - timedelta(days=1))
    with pytest.raises(WorkflowError, match="in the future"):
        declare(case, cast.walled, from_on=day + timedelta(days=1))
    assert sees(cast.walled, case)


def test_a_mail_written_before_the_wall_does_not_leave_after_it(cast):
    case = make_referral(lead=cast.member)
    mail = Message.objects.get(kind="case-recorded", recipient=cast.member)
    wall_off(case, cast.member)
    outbox.deliver(pk=mail.pk, now=mail.not_before + timedelta(minutes=1))
    mail.refresh_from_db()
    assert mail.state == "cancelled"


def test_the_deputy_acts_is_told_and_gets_what_the_lead_would_get(cast):
    case = make_referral(lead=cast.member)
    day = timezone.localdate()
    before = [need.about for need in needs.collect(cast.deputy, day)]
    conflict = declare(case, cast.member)
    assert stand_in(case, cast.member, day) == cast.deputy
    assert recipients(Referral.objects.get(pk=case.pk), day)["lead"] == [cast.deputy]
    mail = Message.objects.get(kind="case-deputy-acts")
    assert mail.recipient == cast.deputy
    assert cast.member.name not in mail.subject + mail.text
    deputy = User.objects.get(pk=cast.deputy.pk)
    assert case.reference not in before
    assert case.reference in [need.about for need in needs.collect(deputy, day)]
    do("dismiss", conflict, cast.chair)
    assert Message.objects.filter(kind="case-deputy-acts", subject__contains="no longer").count() == 1
    assert case.reference not in [need.about for need in needs.collect(deputy, day)]


def test_a_conflicted_deputy_is_not_named(cast, sign_in):
    case = make_referral()
    wall_off(case, cast.deputy)
    wall_off(case, cast.member)
    assert stand_in(case, cast.member, timezone.localdate()) is None
    assert not Message.objects.filter(kind="case-deputy-acts").exists()
    page = sign_in(cast.chair).get(reverse("referrals:referral-access", args=[case.reference])).content.decode()
    assert "the named deputy has a conflict of interest in this case too" in page
    assert "acts instead, as named deputy" not in page


def test_the_access_page_names_the_deputy(cast, sign_in):
    case = make_referral()
    wall_off(case, cast.member)
    wall_off(case, cast.second_member)
    page = sign_in(cast.chair).get(reverse("referrals:referral-access", args=[case.reference])).content.decode()
    assert f"{cast.deputy.name} acts instead" in page
    assert "there is no named deputy" in page


def involve(case, cast, agency="hospital"):
    return workflow.involve_agency(
        referral=case, agency=getattr(cast.agencies, agency), involvement="Saw the child.", by=cast.chair,
        now=timezone.now(),
    )  # fmt: skip


def asks(person):
    found = needs.collect(User.objects.get(pk=person.pk), timezone.localdate())
    return [need.what for need in found if "makes a conflict" in need.what]


def test_the_question_opens_with_an_agency_and_again_with_the_next(cast):
    case = make_referral(agencies=[cast.agencies.council])
    assert asks(cast.member) == []
    involve(case, cast)
    assert asks(cast.member) == ["Say whether anything about Hospital makes a conflict of interest for you"]
    answered = workflow.deny_conflict(referral=case, by=cast.member, now=timezone.now())
    assert [str(one.agency) for one in answered] == [cast.agencies.hospital.name]
    assert workflow.deny_conflict(referral=case, by=cast.member, now=timezone.now()) == []
    assert asks(cast.member) == []
    involve(case, cast, "schools")
    assert asks(cast.member) == ["Say whether anything about Schools makes a conflict of interest for you"]


def test_the_leaders_see_who_has_answered(cast, sign_in):
    case = make_referral(agencies=[cast.agencies.council])
    wall_off(case, cast.walled)
    involve(case, cast)
    workflow.deny_conflict(referral=case, by=cast.member, now=timezone.now())
    found = {one.person: one for one in standings(case, timezone.localdate())}
    assert not found[cast.member].open
    assert found[cast.second_member].open == [cast.agencies.hospital]
    assert not {cast.walled, cast.scrutineer, cast.invited, cast.outsider} & set(found)
    page = sign_in(cast.chair).get(reverse("referrals:referral-access", args=[case.reference])).content.decode()
    assert "Hospital: no conflict" in page
    assert "Not answered" in page


def test_a_declaration_answers_too_and_a_closed_case_asks_nobody(cast):
    case = make_referral(agencies=[cast.agencies.council])
    involve(case, cast)
    declare(case, cast.member)
    assert case.conflict_answers.get().is_conflict
    assert open_agencies(case, cast.member) == []
    closed = referral_at(Status.WITHDRAWN)
    with pytest.raises(WorkflowError, match="closed"):
        involve(closed, cast)


def test_the_same_queries_for_one_and_for_three_cases(cast):
    from django.db import connection  # noqa: PLC0415 - local to the count
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from referrals.needs import needs as mine  # noqa: PLC0415

    def count():
        chair = User.objects.get(pk=cast.chair.pk)
        with CaptureQueriesContext(connection) as captured:
            found = mine(chair, timezone.localdate())
        return len(captured), len(found)

    def one():
        case = make_referral(agencies=[cast.agencies.council])
        involve(case, cast)
        declare(case, cast.walled, until_on=timezone.localdate() + timedelta(days=2))

    one()
    queries, found = count()
    one()
    one()
    again, more = count()
    assert (queries, found, more) == (again, 3, 9)


def test_a_deputy_of_two_hats_is_found_by_their_seat(cast):
    """The named deputy of one member does not act for another."""
    other = make_member("Deb Sample", Role.NAMED_DEPUTY, cast.agencies.hospital,
                        deputy_for=Membership.objects.get(user=cast.second_member))  # fmt: skip
    case = make_referral(lead=cast.second_member)
    wall_off(case, cast.second_member)
    assert stand_in(case, cast.second_member, timezone.localdate()) == other
    assert recipients(Referral.objects.get(pk=case.pk), timezone.localdate())["lead"] == [other]


def test_an_acting_deputy_who_gets_a_conflict_leaves_nobody_and_that_is_told_at_once(cast, sign_in):
    case = make_referral(lead=cast.member)
    wall_off(case, cast.member)
    assert not Message.objects.filter(kind="case-nobody-acts").exists()
    midnight = (timezone.localtime() + timedelta(days=1)).replace(hour=1, minute=0)  # a quiet hour
    workflow.declare_conflict(referral=case, kind=ConflictKind.PERSONAL, reason=SECRET, by=cast.deputy, now=midnight)
    mails = Message.objects.filter(kind="case-nobody-acts")
    assert {mail.recipient for mail in mails} == {cast.chair, cast.business_manager}
    for mail in mails:
        assert mail.not_before == midnight
        for leak in (SECRET, cast.member.name, cast.deputy.name):
            assert leak not in mail.subject + mail.text
    day = timezone.localdate(midnight)
    for person in (cast.chair, cast.business_manager):
        assert [n.about for n in needs.collect(person, day) if "act for a member" in n.what] == [case.reference]
    assert not [n for n in needs.collect(cast.second_member, day) if "act for a member" in n.what]
    assert [i.text for i in walls(midnight, cast.chair) if "nobody acts for a member" in i.text]
    wall_off(case, cast.business_manager, by=cast.chair)
    assert not [n for n in needs.collect(cast.business_manager, day) if "act for a member" in n.what]


def test_a_deputy_who_does_not_act_is_no_news(cast):
    wall_off(make_referral(), cast.deputy)
    assert not Message.objects.filter(kind="case-nobody-acts").exists()
