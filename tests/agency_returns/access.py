"""Who gets what from the pages of returns. Those behind a link are open to whoever holds it, and lead to the code."""

import uuid

from agency_returns.states import Status
from referrals.states import Status as CaseStatus
from tests.access import Row, World, everybody
from tests.agency_returns.factories import ask, give_leads, newest_token, request_at
from tests.referrals.factories import invite, referral_at, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
READERS = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200}
ALL = READERS | {"invited": 200} | WALLS
OWN = READERS | {"invited": 404} | WALLS  # an invited representative sees their own agency's request only
LEADERS = ALL | {"member": 403, "deputy": 403, "partner": 403, "scrutineer": 403, "invited": 403}
POSTED = LEADERS | {"business_manager": 302, "chair": 302}
# The agency asked is the member's and the deputy's.
AGENCY = OWN | {"business_manager": 403, "chair": 403, "partner": 403, "scrutineer": 403}


def build(world: World) -> None:
    """A case of which Schools (the member's agency) has returned and been asked, with tokens of live links."""
    give_leads()
    bm, now = world.cast.business_manager, world.now
    schools, council = world.cast.agencies.schools, world.cast.agencies.council
    case = referral_at(CaseStatus.UNDER_REVIEW, by=bm, now=now, agencies=[schools, council])
    wall_off(case, world.cast.walled, by=bm, now=now)
    invite(case, world.cast.invited, by=bm, now=now)
    world.returns_case = case
    world.returned = request_at(Status.RETURNED, referral=case, agency=schools, now=now, files=["Report"])
    other = referral_at(CaseStatus.UNDER_REVIEW, by=bm, now=now, agencies=[schools, council])
    wall_off(other, world.cast.walled, by=bm, now=now)
    world.asked = ask(other, agency=schools, now=now)
    world.return_token = newest_token("return-asked", world.asked.lead_address)


def case(w):
    return {"reference": w.returns_case.reference}


def one(w, **more):
    return {"reference": w.returned.referral.reference, "pk": w.returned.pk} | more


def waiting(w):
    return {"reference": w.asked.referral.reference, "pk": w.asked.pk}


UNINVITED = LEADERS | {"invited": 404}
DOORS = {
    "tasks": {},
    "no-involvement": {},
    "part": {"key": "summary"},
    "hand-over": {"key": "summary"},
    "chronology": {},
    "row-new": {},
    "template": {"kind": "xlsx"},
    "upload": {},
    "files": {},
    "take-back": {},
    "add": {},
}
NOTHING_THERE = {
    "hand-over-end": {"key": "summary"},
    "row": {"key": uuid.UUID(int=1)},
    "row-remove": {"key": uuid.UUID(int=1)},
    "preview": {"key": uuid.UUID(int=1)},
    "file": {"key": uuid.UUID(int=1)},
    "file-remove": {"key": uuid.UUID(int=1)},
    "receipt": {"number": 1},
}


def by_link(**more):
    return lambda w: {"token": w.return_token} | more


def as_member(**more):
    return lambda w: {"pk": w.asked.pk} | more


ROWS = (
    {
        "agency_returns:board": Row(**everybody(200) | {"outsider": 403}),
        "agency_returns:chase": Row(**everybody(403) | {"business_manager": 200, "chair": 200}),
        "agency_returns:case": Row(case, **ALL),
        "agency_returns:ask": Row(case, **LEADERS),
        "agency_returns:request": Row(one, **OWN),
        "agency_returns:request-receipt": Row(lambda w: one(w, number=1), **OWN),
        "agency_returns:request-change": Row(waiting, **UNINVITED),
        "agency_returns:request-again": Row(waiting, method="post", **POSTED | {"invited": 404}),
        "agency_returns:request-revoke": Row(waiting, **UNINVITED),
        "agency_returns:request-close": Row(waiting, **UNINVITED),
        # A token of the request's own link opens neither a part nor the sign-off.
        "agency_returns:part": Row(by_link(), **everybody(404, anonymous=404)),
        "agency_returns:sign-off": Row(by_link(), **everybody(404, anonymous=404)),
        "agency_returns:link-check": Row(by_link(), **everybody(302)),
        "agency_returns:mine-check": Row(as_member(), **AGENCY | {"member": 302, "deputy": 302}),
    }
    | {f"agency_returns:link-{name}": Row(by_link(**more), **everybody(302)) for name, more in DOORS.items()}
    | {f"agency_returns:link-{name}": Row(by_link(**more), **everybody(302)) for name, more in NOTHING_THERE.items()}
    | {f"agency_returns:mine-{name}": Row(as_member(**more), **AGENCY) for name, more in DOORS.items()}
    | {
        f"agency_returns:mine-{name}": Row(as_member(**more), **AGENCY | {"member": 404, "deputy": 404})
        for name, more in NOTHING_THERE.items()
    }
)
