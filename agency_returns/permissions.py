"""Who may ask, read and answer. In pairs: check_ raises with a sentence, can_ answers."""

from datetime import date

from agency_returns.models import InformationRequest
from agency_returns.states import ENDED
from core.errors import NotPermitted
from panel.models import User
from panel.permissions import Permission
from panel.roles import PANEL_ROLES, Role
from referrals import permissions as cases
from referrals.models import Referral
from referrals.states import UNRECORDED

ANSWER = PANEL_ROLES | {Role.INVITED}


def is_open(referral: Referral) -> bool:
    """Whether agencies can be asked about the case, and answer."""
    return referral.status not in ENDED | UNRECORDED


def check_ask(user: User, referral: Referral, *, on: date) -> None:
    cases.check(user, Permission.ASK_AGENCIES, referral, on=on)


def can_ask(user: User, referral: Referral, *, on: date) -> bool:
    return cases.can(user, Permission.ASK_AGENCIES, referral, on=on)


def can_read(user: User, referral: Referral, *, on: date) -> bool:
    """What agencies write holds names: who reads pseudonyms only sees that it is there, not what it says."""
    return cases.can_see_names(user, referral, on=on)


def check_answer(user: User, request: InformationRequest, *, on: date) -> None:
    """A member of the agency asked, who sees the case."""
    if not request.referral.may_be_seen_by(user, on=on):
        raise NotPermitted("You do not have access to this case.")
    seats = [m for m in user.memberships_on(on) if m.agency_id == request.agency_id and m.role in ANSWER]
    if not seats:
        raise NotPermitted(f"Only {request.agency} answers this request.")


def can_answer(user: User, request: InformationRequest, *, on: date) -> bool:
    try:
        check_answer(user, request, on=on)
    except NotPermitted:
        return False
    return True
