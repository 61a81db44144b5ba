from referrals.views.access import (
    access,
    end_conflict,
    invite,
    record_conflict,
    withdraw_invitation,
)
from referrals.views.agencies import agencies, remove_agency
from referrals.views.children import child, children, new_child, remove_child
from referrals.views.conflicts import answer, declare, declared, involve, rule
from referrals.views.detail import detail, history
from referrals.views.drafts import dates, discard, incident, lead, tasks
from referrals.views.emergencies import open_case, review
from referrals.views.lists import case_list
from referrals.views.notification import change_lead, informed, notification, notified, told
from referrals.views.recording import check, recorded
from referrals.views.screening import screening, withdraw
from referrals.views.start import kind, route, start

__all__ = [
    "access",
    "agencies",
    "answer",
    "case_list",
    "change_lead",
    "check",
    "child",
    "children",
    "dates",
    "declare",
    "declared",
    "detail",
    "discard",
    "end_conflict",
    "history",
    "incident",
    "informed",
    "invite",
    "involve",
    "kind",
    "lead",
    "new_child",
    "notification",
    "notified",
    "open_case",
    "record_conflict",
    "recorded",
    "remove_agency",
    "remove_child",
    "review",
    "route",
    "rule",
    "screening",
    "start",
    "tasks",
    "told",
    "withdraw",
    "withdraw_invitation",
]
