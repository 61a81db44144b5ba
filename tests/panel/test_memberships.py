"""Exactly one chair, one named deputy each, one agency per Safeguarding Partner: by the database, said by the form."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from panel.models import Agency, Membership, Partnership
from panel.people import holders
from panel.roles import Role, StatutoryRole
from tests.cast import make_member, make_user

TODAY = date(2026, 11, 23)


def refused(row, sentence: str) -> None:
    """The form says why, and the database refuses even where no form stands before it."""
    with pytest.raises(ValidationError, match=sentence):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def membership(person, role, agency, **extra) -> Membership:
    return Membership(user=person, role=role, agency=agency, **({"from_date": TODAY} | extra))


@pytest.mark.parametrize("role", [Role.CHAIR, Role.DEPUTY_CHAIR])
def test_one_chair_at_a_time(cast, role):
    refused(membership(cast.outsider, role, cast.agencies.icb), "Somebody else is")


def test_a_new_chair_follows_the_old_one(cast):
    old = cast.chair.memberships.get()
    old.until_date = TODAY - timedelta(days=1)
    old.save()
    new = membership(cast.outsider, Role.CHAIR, cast.agencies.icb)
    new.full_clean()
    new.save()
    assert list(holders(Role.CHAIR, on=TODAY)) == [cast.outsider]
    assert list(holders(Role.CHAIR, on=TODAY - timedelta(days=1))) == [cast.chair]


def test_the_last_and_the_first_day_overlap(cast):
    old = cast.chair.memberships.get()
    old.until_date = TODAY
    old.save()
    refused(membership(cast.outsider, Role.CHAIR, cast.agencies.icb), "Somebody else is chair")


def test_one_named_deputy_each(cast):
    of = cast.member.memberships.get()
    second = membership(cast.outsider, Role.NAMED_DEPUTY, cast.agencies.schools, deputy_for=of)
    refused(second, "multiple deputies are not acceptable")


def test_a_deputy_for_a_limited_time_counts_too(cast):
    of = cast.member.memberships.get()
    until = TODAY + timedelta(days=30)
    second = membership(cast.outsider, Role.NAMED_DEPUTY, cast.agencies.schools, deputy_for=of, until_date=until)
    refused(second, "multiple deputies are not acceptable")


def test_another_member_may_have_a_deputy_of_their_own(cast):
    of = cast.second_member.memberships.get()
    other = membership(cast.outsider, Role.NAMED_DEPUTY, cast.agencies.hospital, deputy_for=of)
    other.full_clean()
    other.save()
    assert other.pk


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SCRUTINEER])
def test_only_a_named_deputy_acts_for_somebody(cast, role):
    of = cast.second_member.memberships.get()
    refused(membership(cast.outsider, role, cast.agencies.schools, deputy_for=of), "acts for exactly one member")


def test_a_named_deputy_acts_for_somebody(cast):
    refused(membership(cast.outsider, Role.NAMED_DEPUTY, cast.agencies.schools), "acts for exactly one member")


def test_nobody_is_their_own_deputy(cast):
    of = cast.second_member.memberships.get()
    with pytest.raises(ValidationError, match="Nobody is their own deputy"):
        membership(cast.second_member, Role.NAMED_DEPUTY, cast.agencies.hospital, deputy_for=of).full_clean()


def test_a_scrutineer_has_no_deputy(cast):
    of = cast.scrutineer.memberships.get()
    with pytest.raises(ValidationError, match="acts for the chair, deputy chair or a member"):
        membership(cast.outsider, Role.NAMED_DEPUTY, cast.agencies.council, deputy_for=of).full_clean()


def test_a_safeguarding_partner_comes_from_a_partner(cast):
    with pytest.raises(ValidationError, match="Choose the local authority"):
        membership(cast.outsider, Role.SAFEGUARDING_PARTNER, cast.agencies.schools).full_clean()


def test_a_membership_does_not_end_before_it_starts(cast):
    row = membership(cast.outsider, Role.MEMBER, cast.agencies.schools, until_date=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        row.full_clean(validate_constraints=True)
    with pytest.raises(Exception, match=r"panel_membership|range lower bound"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("role", [StatutoryRole.LOCAL_AUTHORITY, StatutoryRole.ICB, StatutoryRole.POLICE])
def test_one_agency_for_each_statutory_role(cast, role):
    refused(Agency(name="Another", short_name="Another", statutory_role=role), "Another active agency already is this")


def test_an_inactive_agency_makes_room(cast):
    cast.agencies.police.is_active = False
    cast.agencies.police.save()
    Agency.objects.create(name="New Police", short_name="New", statutory_role=StatutoryRole.POLICE)
    assert Agency.objects.filter(statutory_role=StatutoryRole.POLICE).count() == 2


def test_many_agencies_are_no_safeguarding_partner(cast):
    assert Agency.objects.filter(statutory_role=StatutoryRole.NONE).count() >= 2


def test_one_partnership(db):
    assert Partnership.current().pk == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(pk=2)


def test_an_address_is_unique_whatever_its_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(cast.member).objects.create(email=cast.member.email.upper(), name="Double")


def test_holders_are_active_and_each_once(cast):
    twice = make_member("Tess Twice", Role.MEMBER, cast.agencies.schools)
    Membership.objects.create(user=twice, role=Role.SCRUTINEER, agency=cast.agencies.council, from_date=TODAY)
    gone = make_member("Gus Gone", Role.MEMBER, cast.agencies.schools)
    gone.is_active = False
    gone.save()
    found = list(holders(Role.MEMBER, Role.SCRUTINEER, on=TODAY))
    assert sorted(p.name for p in found) == ["Mel Sample", "Sky Invented", "Sol Sample", "Tess Twice", "Wyn Sample"]


def test_who_has_no_role_holds_none(db):
    assert make_user("Nil Invented").roles_on(TODAY) == frozenset()
