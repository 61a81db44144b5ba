from referrals.views.access import (
    access,
    end_conflict,
    invite,
    record_conflict,
    withdraw_invitation,
)
from referrals.views.agencies import agencies, remove_agency
from referrals.views.children import child, children, new_child, remove_child
from referrals.views.detail import detail, history
from referrals.views.drafts import dates, discard, incident, lead, referrer, tasks
from referrals.views.links import link, unlink
from referrals.views.lists import case_list
from referrals.views.notification import change_lead, informed, notification, notified, told
from referrals.views.people import (
    add_later,
    change_person,
    correct_child,
    correct_incident,
    new_person,
    people,
    person,
    remove_person,
)
from referrals.views.recording import check, recorded
from referrals.views.screening import screening, withdraw
from referrals.views.sheet import notification_sheet
from referrals.views.start import kind, route, start

__all__ = [
    "access",
    "add_later",
    "agencies",
    "case_list",
    "change_lead",
    "change_person",
    "check",
    "child",
    "children",
    "correct_child",
    "correct_incident",
    "dates",
    "detail",
    "discard",
    "end_conflict",
    "history",
    "incident",
    "informed",
    "invite",
    "kind",
    "lead",
    "link",
    "new_child",
    "new_person",
    "notification",
    "notification_sheet",
    "notified",
    "people",
    "person",
    "record_conflict",
    "recorded",
    "referrer",
    "remove_agency",
    "remove_child",
    "remove_person",
    "route",
    "screening",
    "start",
    "tasks",
    "told",
    "unlink",
    "withdraw",
    "withdraw_invitation",
]
