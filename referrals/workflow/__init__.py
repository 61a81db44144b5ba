"""Every change of a case. Keyword-only: `by` is the person, `now` the moment. Lock, check, write, audit, mail."""

from referrals.workflow.access import invite, withdraw_invitation
from referrals.workflow.agencies import deny_conflict, involve_agency
from referrals.workflow.base import ChangedMeanwhileError
from referrals.workflow.conflicts import (
    declare_conflict,
    dismiss_conflict,
    end_conflict,
    record_conflict,
    uphold_conflict,
)
from referrals.workflow.drafts import (
    discard_draft,
    save_agencies_answer,
    save_dates,
    save_incident,
    save_lead,
    start_draft,
)
from referrals.workflow.emergencies import break_glass, review_emergency
from referrals.workflow.enquiries import turn_away
from referrals.workflow.intake import remove_agency, remove_child, save_agency, save_child
from referrals.workflow.notification import (
    record_notification_sent,
    record_partners_informed,
    record_regulators_told,
)
from referrals.workflow.recording import record_referral
from referrals.workflow.review import finish_rapid_review, open_rapid_review, stop_rapid_review
from referrals.workflow.screening import assign_lead, screen, withdraw

__all__ = [
    "ChangedMeanwhileError",
    "assign_lead",
    "break_glass",
    "declare_conflict",
    "deny_conflict",
    "discard_draft",
    "dismiss_conflict",
    "end_conflict",
    "finish_rapid_review",
    "invite",
    "involve_agency",
    "open_rapid_review",
    "record_conflict",
    "record_notification_sent",
    "record_partners_informed",
    "record_referral",
    "record_regulators_told",
    "remove_agency",
    "remove_child",
    "review_emergency",
    "save_agencies_answer",
    "save_agency",
    "save_child",
    "save_dates",
    "save_incident",
    "save_lead",
    "screen",
    "start_draft",
    "stop_rapid_review",
    "turn_away",
    "uphold_conflict",
    "withdraw",
    "withdraw_invitation",
]
