"""The one queryset, its twin in Python, and everything that hangs on it. The data here could leak."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from audit.models import Event
from notifications.models import Message
from panel.models import User
from referrals import workflow
from referrals.models import Child, Referral, Screening
from referrals.people import recipients, recipients_of
from referrals.states import Status
from tests.referrals.factories import (
    CHILD_NAME,
    SECRET,
    invite,
    make_draft,
    make_referral,
    referral_at,
    screening_facts,
    wall_off,
)

pytestmark = pytest.mark.django_db

SEE_ALL = ["business_manager", "chair", "deputy_chair", "member", "second_member", "deputy", "partner_la",
           "partner_icb", "partner_police", "scrutineer"]  # fmt: skip
PEOPLE = [*SEE_ALL, "walled", "invited", "contributor", "outsider"]


@pytest.fixture
def case(cast):
    referral = make_referral(lead=cast.member)
    wall_off(referral, cast.walled)
    invite(referral, cast.invited)
    return referral


def sees(user):
    return set(Referral.objects.visible_to(User.objects.get(pk=user.pk)))


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_a_case(cast, case, name):
    expected = {case} if name in {*SEE_ALL, "invited"} else set()
    assert sees(getattr(cast, name)) == expected


def test_a_superuser_without_a_role_sees_nothing(case):
    assert sees(User.objects.create_superuser("root@agency.example", "correct-horse-demo", name="Root Sample")) == set()


def test_nobody_and_inactive_people_see_nothing(cast, case):
    cast.chair.is_active = False
    assert not Referral.objects.visible_to(cast.chair).exists()
    assert not Referral.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("days", [-400, -1, 0, 29, 30, 31, 400])
def test_the_twin_agrees_with_the_queryset_for_everybody_every_status_and_day(cast, case, days):
    cases = [case, *(referral_at(status) for status in (Status.DRAFT, Status.DISCARDED, Status.NOT_MET))]
    cases.append(make_draft(by=cast.member))
    workflow.end_conflict(
        conflict=wall_off(cases[3], cast.second_member), reason="Moved.", by=cast.chair, now=timezone.now()
    )
    day = timezone.localdate() + timedelta(days=days)
    for name in PEOPLE:
        user = User.objects.get(pk=getattr(cast, name).pk)
        visible = set(Referral.objects.visible_to(user, on=day))
        twin = {c for c in Referral.objects.filter(pk__in=[c.pk for c in cases]) if c.may_be_seen_by(user, on=day)}
        assert visible == twin, name


def test_a_draft_is_its_authors_and_the_business_managers(cast):
    draft = make_draft(by=cast.member)
    assert {name for name in PEOPLE if draft in sees(getattr(cast, name))} == {"member", "business_manager"}


def test_an_invitation_ends_with_its_last_day_or_when_it_is_withdrawn(cast, case):
    today = timezone.localdate()
    until = case.invitations.get().until_on
    assert Referral.objects.visible_to(cast.invited, on=until).exists()
    assert not Referral.objects.visible_to(cast.invited, on=until + timedelta(days=1)).exists()
    workflow.withdraw_invitation(invitation=case.invitations.get(), by=cast.chair, now=timezone.now())
    assert not Referral.objects.visible_to(cast.invited, on=today).exists()


def test_a_wall_beats_an_invitation(cast, case):
    wall_off(case, cast.invited)
    assert sees(cast.invited) == set()


def test_an_ended_conflict_opens_the_case_again(cast, case):
    workflow.end_conflict(conflict=case.conflicts.get(), reason="Left the service.", by=cast.chair, now=timezone.now())
    assert sees(cast.walled) == {case}


def test_rows_of_a_case_follow_the_case(cast, case):
    workflow.screen(referral=case, facts=screening_facts(), by=cast.chair, now=timezone.now())
    for model in (Child, Screening):
        assert model.objects.visible_to(cast.member).exists()
        assert not model.objects.visible_to(cast.walled).exists()
        assert not model.objects.visible_to(cast.outsider).exists()


def test_for_a_walled_member_the_list_is_the_same_as_without_the_case(cast, sign_in):
    client = sign_in(cast.walled)

    def shown():
        page = BeautifulSoup(client.get("/cases/").content, "html.parser")
        for token in page.select("input[name=csrfmiddlewaretoken], [nonce]"):
            token.decompose()
        return str(page)

    before = shown()
    wall_off(make_referral(lead=cast.walled), cast.walled)
    assert shown() == before
    assert client.get("/cases/?q=CSPR").content.count(b"CSPR-2026-0") == 0


def test_no_page_of_a_case_tells_a_walled_member_that_it_exists(cast, case, sign_in):
    client = sign_in(cast.walled)
    for page in ("information", "history", "access", "screening", "notification", "recorded"):
        real = client.get(f"/cases/{case.reference}/{page}/")
        invented = client.get(f"/cases/CSPR-2026-999/{page}/")
        assert (real.status_code, invented.status_code) == (404, 404)
        assert SECRET.encode() not in real.content
        assert CHILD_NAME.encode() not in real.content


@pytest.mark.parametrize(("name", "shown"), [("member", True), ("invited", True), ("partner_la", False),
                                              ("scrutineer", False)])  # fmt: skip
def test_names_by_right(cast, case, sign_in, name, shown):
    page = sign_in(getattr(cast, name)).get(f"/cases/{case.reference}/information/").content.decode()
    assert (CHILD_NAME in page) is shown
    assert (f"{SECRET} Primary School" in page) is shown
    assert ("4 May 2018" in page) is shown
    assert "Child A" in page


def test_a_read_is_an_event(cast, case, sign_in):
    sign_in(cast.scrutineer).get(f"/cases/{case.reference}/information/")
    event = Event.objects.about(case.reference).first()
    assert event.sentence == "Sky Invented read the case."


def test_the_deputy_acts_for_a_walled_lead(cast):
    case = make_referral(lead=cast.member)
    today = timezone.localdate()
    assert recipients(case, today)["lead"] == [cast.member]
    wall_off(case, cast.member)
    assert recipients(case, today)["lead"] == [cast.deputy]
    wall_off(case, cast.deputy)
    assert recipients(case, today)["lead"] == [cast.business_manager]


def test_a_walled_chair_is_replaced_by_the_deputy_chair_and_partners_are_walled_too(cast, case):
    wall_off(case, cast.chair)
    wall_off(case, cast.partner_icb)
    people = recipients(case, timezone.localdate())
    assert people["chair"] == [cast.deputy_chair]
    assert people["executive"] == [cast.partner_la, cast.partner_police]


def test_recipients_of_many_cases_take_as_many_queries_as_of_one(cast, django_assert_num_queries):
    cases = [make_referral() for _ in range(3)]
    for number in (1, 3):
        chosen = Referral.objects.filter(pk__in=[c.pk for c in cases[:number]]).select_related("lead")
        with django_assert_num_queries(3):
            assert len(recipients_of(chosen, timezone.localdate())) == number


def test_mails_go_only_to_people_who_see_the_case_and_name_nobody(cast):
    case = make_referral(lead=cast.walled, by=cast.chair)
    wall_off(case, cast.walled)
    mails = Message.objects.count()
    workflow.screen(referral=case, facts=screening_facts(), by=cast.chair, now=timezone.now())
    assert Message.objects.count() > mails
    for mail in Message.objects.filter(kind="case-screened"):
        assert mail.recipient != cast.walled
        assert case.reference in mail.subject


def test_no_mail_title_or_event_carries_a_name(cast, sign_in):
    case = referral_at(Status.ACCEPTED, lead=cast.member, by=cast.chair)
    wall_off(case, cast.walled)
    invite(case, cast.invited)
    workflow.assign_lead(referral=case, lead=cast.second_member, by=cast.chair, now=timezone.now())
    hidden = (CHILD_NAME, CHILD_NAME.split()[0], SECRET)
    assert Message.objects.count() >= 4
    for mail in Message.objects.all():
        assert not any(word in mail.subject + mail.text + mail.html for word in hidden)
        assert mail.subject.startswith(f"[OFFICIAL-SENSITIVE] {case.reference}: ")
    for event in Event.objects.all():
        assert not any(word in event.sentence for word in hidden)
    client = sign_in(cast.business_manager)
    for page in ("information", "history", "access", "screening", "notification"):
        title = client.get(f"/cases/{case.reference}/{page}/").content.decode().split("</title>")[0]
        assert not any(word in title for word in hidden)
