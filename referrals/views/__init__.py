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
from referrals.views.documents import document, document_step, document_version, documents, upload
from referrals.views.drafts import dates, discard, incident, lead, tasks
from referrals.views.lists import case_list
from referrals.views.notification import change_lead, informed, notification, notified, told
from referrals.views.recording import check, recorded
from referrals.views.screening import screening, withdraw
from referrals.views.start import kind, route, start

__all__ = [
    "access",
    "agencies",
    "case_list",
    "change_lead",
    "check",
    "child",
    "children",
    "dates",
    "detail",
    "discard",
    "document",
    "document_step",
    "document_version",
    "documents",
    "end_conflict",
    "history",
    "incident",
    "informed",
    "invite",
    "kind",
    "lead",
    "new_child",
    "notification",
    "notified",
    "record_conflict",
    "recorded",
    "remove_agency",
    "remove_child",
    "route",
    "screening",
    "start",
    "tasks",
    "told",
    "upload",
    "withdraw",
    "withdraw_invitation",
]
