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
from referrals.views.documents import document, document_step, document_version, documents, upload
from referrals.views.drafts import dates, discard, incident, lead, referrer, tasks
from referrals.views.emergencies import open_case, review
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
from referrals.views.uploading import take_back, upload_one

__all__ = [
    "access",
    "add_later",
    "agencies",
    "answer",
    "case_list",
    "change_lead",
    "change_person",
    "check",
    "child",
    "children",
    "correct_child",
    "correct_incident",
    "dates",
    "declare",
    "declared",
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
    "involve",
    "kind",
    "lead",
    "link",
    "new_child",
    "new_person",
    "notification",
    "notification_sheet",
    "notified",
    "open_case",
    "people",
    "person",
    "record_conflict",
    "recorded",
    "referrer",
    "remove_agency",
    "remove_child",
    "remove_person",
    "review",
    "route",
    "rule",
    "screening",
    "start",
    "take_back",
    "tasks",
    "told",
    "unlink",
    "upload",
    "upload_one",
    "withdraw",
    "withdraw_invitation",
]
