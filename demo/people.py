"""The invented partnership: its agencies and its people, in every role.

Names are made to look invented. Nobody here exists; neither does any of the organisations.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from panel.models import Agency, Membership, Partnership, User
from panel.roles import Role, StatutoryRole

PASSWORD = "correct-horse-demo"  # noqa: S105 - published in README.md; the command refuses in production
DOMAIN = "partnership.example"

AGENCIES: tuple[tuple[str, str, StatutoryRole], ...] = (
    ("Example Borough Council, Children's Services", "Children's Services", StatutoryRole.LOCAL_AUTHORITY),
    ("Exampleshire Integrated Care Board", "ICB", StatutoryRole.ICB),
    ("Exampleshire Police", "Police", StatutoryRole.POLICE),
    ("Example Schools Improvement Service", "Education", StatutoryRole.NONE),
    ("Example Public Health", "Public Health", StatutoryRole.NONE),
    ("Example Early Years Service", "Early Years", StatutoryRole.NONE),
    ("Exampleshire Hospitals Trust", "Hospitals", StatutoryRole.NONE),
    ("Exampleshire Community Health Trust", "Community Health", StatutoryRole.NONE),
    ("Exampleshire Mental Health Trust", "Mental Health", StatutoryRole.NONE),
    ("Exampleshire Ambulance Service", "Ambulance", StatutoryRole.NONE),
    ("Example Youth Justice Service", "Youth Justice", StatutoryRole.NONE),
    ("Exampleshire Probation", "Probation", StatutoryRole.NONE),
    ("Example Homes", "Housing", StatutoryRole.NONE),
    ("Sample Academy Trust", "Sample Academies", StatutoryRole.NONE),
)


# Whose staff may refer without an account; nobody can register a name below .example.
DOMAINS = {"Hospitals": "hospitals.example", "Sample Academies": "academies.example", "Education": "education.example"}


@dataclass(frozen=True)
class Person:
    """One demo account: the part before the @, the name, what they do, for whom, and as what."""

    account: str
    name: str
    job_title: str
    agency: str
    role: Role
    deputy_for: str = ""


PEOPLE: tuple[Person, ...] = (
    Person("business.manager", "Bea Example", "SSCP Business Manager", "Children's Services", Role.BUSINESS_MANAGER),
    Person("deputy.business.manager", "Em Stand-In", "SSCP Officer", "Children's Services", Role.DEPUTY_MANAGER),
    Person("chair", "Cora Example", "Director of Nursing, Quality and Safeguarding", "ICB", Role.CHAIR),
    Person("deputy.chair", "Dara Example", "Head of Quality Assurance", "Children's Services", Role.DEPUTY_CHAIR),
    Person("social.care", "Sol Sample", "Head of Service", "Children's Services", Role.MEMBER),
    Person("police", "Pia Sample", "Detective Chief Inspector, Public Protection", "Police", Role.MEMBER),
    Person("health", "Hari Sample", "Designated Doctor", "ICB", Role.MEMBER),
    Person("education", "Edie Sample", "Schools Improvement Lead", "Education", Role.MEMBER),
    Person("public.health", "Pru Sample", "Head of Children's Public Health", "Public Health", Role.MEMBER),
    Person("deputy.social.care", "Dev Stand-In", "Manager", "Children's Services", Role.NAMED_DEPUTY, "social.care"),
    Person("deputy.police", "Dot Stand-In", "Detective Inspector", "Police", Role.NAMED_DEPUTY, "police"),
    Person("deputy.health", "Dan Stand-In", "Named Nurse", "ICB", Role.NAMED_DEPUTY, "health"),
    Person("deputy.education", "Dee Stand-In", "Inclusion Officer", "Education", Role.NAMED_DEPUTY, "education"),
    Person("deputy.public.health", "Dia Stand-In", "Consultant", "Public Health", Role.NAMED_DEPUTY, "public.health"),
    Person("partner.council", "Lou Partner", "Director", "Children's Services", Role.SAFEGUARDING_PARTNER),
    Person("partner.icb", "Ivy Partner", "Chief Nurse", "ICB", Role.SAFEGUARDING_PARTNER),
    Person("partner.police", "Pat Partner", "Chief Superintendent", "Police", Role.SAFEGUARDING_PARTNER),
    Person("scrutineer", "Sky Invented", "Independent Scrutineer", "Children's Services", Role.SCRUTINEER),
    Person("hospital", "Ira Invented", "Named Doctor", "Hospitals", Role.INVITED),
    Person("academy", "Kit Invented", "Designated Safeguarding Lead", "Sample Academies", Role.INVITED),
)


@dataclass(frozen=True)
class Cast:
    """Everybody by account and every agency by short name."""

    users: dict[str, User]
    agencies: dict[str, Agency]

    @property
    def business_manager(self) -> User:
        return self.users["business.manager"]

    @property
    def chair(self) -> User:
        return self.users["chair"]

    @property
    def partners(self) -> list[User]:
        return [self.users[f"partner.{name}"] for name in ("council", "icb", "police")]


def address(account: str) -> str:
    return f"{account}@{DOMAIN}"


WITHOUT_LEAD = "Housing"  # so that there is somebody to name before it can be asked


def _lead(short: str) -> dict[str, str]:
    """An agency's safeguarding lead, by name and work e-mail."""
    if short == WITHOUT_LEAD:
        return {}
    account = short.lower().replace("'", "").replace(" ", ".")
    return {"safeguarding_lead": f"Lea Invented ({short})", "safeguarding_address": address(f"safeguarding.{account}")}


def build(today: date) -> Cast:
    """Write the partnership, its agencies and its people. Memberships have run for three years."""
    partnership = Partnership.current()
    partnership.name = f"{Partnership._meta.get_field('name').default} (demonstration)"
    partnership.takes_outside_referrals = True
    partnership.save()
    agencies = {
        short: Agency.objects.create(
            name=name,
            short_name=short,
            statutory_role=statutory_role,
            email_domains=DOMAINS.get(short, ""),
            **_lead(short),
        )
        for name, short, statutory_role in AGENCIES
    }
    password = make_password(PASSWORD)  # once: a good hash takes its time
    since = today - timedelta(days=3 * 365)
    memberships: dict[str, Membership] = {}
    for person in PEOPLE:
        user = User.objects.create_user(
            address(person.account),
            name=person.name,
            job_title=person.job_title,
        )
        user.password = password
        user.save(update_fields=["password"])
        memberships[person.account] = Membership.objects.create(
            user=user,
            role=person.role,
            agency=agencies[person.agency],
            deputy_for=memberships.get(person.deputy_for),
            from_date=since,
        )
    return Cast({account: membership.user for account, membership in memberships.items()}, agencies)
