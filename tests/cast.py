"""The people of every test, by name, and how to sign one in. All of them are invented.

cast.business_manager   runs it all; cast.chair, cast.deputy_chair
cast.member             an ordinary core member; cast.deputy is the one named deputy
cast.second_member      another core member
cast.walled             a core member whom case tests declare conflicted
cast.partner_la, partner_icb, partner_police   the three Safeguarding Partners
cast.scrutineer         reads, never writes
cast.invited            an agency representative whom case tests invite to their case
cast.contributor        an agency representative whom nobody invited to it
cast.outsider           may sign in, has no membership at all
"""

from dataclasses import dataclass
from datetime import date

from django.test import Client

from panel.models import Agency, Membership, User
from panel.roles import Role, StatutoryRole

PASSWORD = "correct-horse-demo"
SINCE = date(2020, 1, 1)  # every membership of the cast runs from this day, with no end


@dataclass
class Agencies:
    council: Agency
    icb: Agency
    police: Agency
    schools: Agency
    hospital: Agency


@dataclass
class Cast:
    agencies: Agencies
    business_manager: User
    chair: User
    deputy_chair: User
    member: User
    second_member: User
    walled: User
    deputy: User
    partner_la: User
    partner_icb: User
    partner_police: User
    invited: User
    scrutineer: User
    contributor: User
    outsider: User


def make_user(name: str, **extra: object) -> User:
    """An active person; the address follows from the name. The password is PASSWORD."""
    address = f"{name.lower().replace(' ', '.')}@agency.example"
    return User.objects.create_user(address, PASSWORD, name=name, **extra)


def make_member(
    name: str, role: Role, agency: Agency, *, deputy_for: Membership | None = None, **extra: object
) -> User:
    """A person with one membership that runs since SINCE."""
    user = make_user(name, **extra)
    Membership.objects.create(user=user, role=role, agency=agency, deputy_for=deputy_for, from_date=SINCE)
    return user


def make_agencies() -> Agencies:
    def agency(name: str, short: str, statutory_role: StatutoryRole = StatutoryRole.NONE) -> Agency:
        return Agency.objects.create(name=name, short_name=short, statutory_role=statutory_role)

    return Agencies(
        council=agency("Inventshire Council", "Council", StatutoryRole.LOCAL_AUTHORITY),
        icb=agency("Inventshire Integrated Care Board", "ICB", StatutoryRole.ICB),
        police=agency("Inventshire Police", "Police", StatutoryRole.POLICE),
        schools=agency("Inventshire Schools Service", "Schools"),
        hospital=agency("Inventshire Hospital Trust", "Hospital"),
    )


def make_cast() -> Cast:
    """Everybody, each with their role."""
    a = make_agencies()
    member = make_member("Mel Sample", Role.MEMBER, a.schools)
    return Cast(
        agencies=a,
        business_manager=make_member("Bea Example", Role.BUSINESS_MANAGER, a.council),
        chair=make_member("Cora Example", Role.CHAIR, a.icb),
        deputy_chair=make_member("Dara Example", Role.DEPUTY_CHAIR, a.council),
        member=member,
        second_member=make_member("Sol Sample", Role.MEMBER, a.hospital),
        walled=make_member("Wyn Sample", Role.MEMBER, a.police),
        deputy=make_member("Dee Sample", Role.NAMED_DEPUTY, a.schools, deputy_for=member.memberships.get()),
        partner_la=make_member("Lou Partner", Role.SAFEGUARDING_PARTNER, a.council),
        partner_icb=make_member("Ivy Partner", Role.SAFEGUARDING_PARTNER, a.icb),
        partner_police=make_member("Pat Partner", Role.SAFEGUARDING_PARTNER, a.police),
        invited=make_member("Ira Invented", Role.INVITED, a.hospital),
        scrutineer=make_member("Sky Invented", Role.SCRUTINEER, a.council),
        contributor=make_member("Kit Invented", Role.INVITED, a.schools),
        outsider=make_user("Oak Invented"),
    )


def sign_in(person: User | None) -> Client:
    """A browser in which `person` is signed in, or nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
