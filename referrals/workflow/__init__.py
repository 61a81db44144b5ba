"""Every change of a case. Keyword-only: `by` is the person, `now` the moment. Lock, check, write, audit, mail."""

from referrals.workflow.access import end_invitations, invite, invite_new, withdraw_invitation
from referrals.workflow.agencies import deny_conflict, involve_agency
from referrals.workflow.base import ChangedMeanwhileError
from referrals.workflow.conflicts import (
    declare_conflict,
    dismiss_conflict,
    end_conflict,
    record_conflict,
    uphold_conflict,
)
from referrals.workflow.corrections import correct_child, correct_incident
from referrals.workflow.drafts import (
    discard_draft,
    save_agencies_answer,
    save_dates,
    save_incident,
    save_lead,
    save_referrer,
    start_draft,
)
from referrals.workflow.emergencies import break_glass, review_emergency
from referrals.workflow.enquiries import turn_away
from referrals.workflow.intake import remove_agency, remove_child, save_agency, save_child
from referrals.workflow.links import link_cases, unlink_cases
from referrals.workflow.notification import (
    record_notification_sent,
    record_partners_informed,
    record_regulators_told,
)
from referrals.workflow.outside import (
    begin_outside,
    employer,
    forget_unsent,
    missing_outside,
    save_outside,
    send_outside,
    turn_away_outside,
)
from referrals.workflow.people import remove_person, save_person
from referrals.workflow.recording import record_referral
from referrals.workflow.review import (
    finish_rapid_review,
    open_rapid_review,
    resume_rapid_review,
    stop_rapid_review,
)
from referrals.workflow.screening import assign_lead, screen, withdraw

__all__ = [
    "ChangedMeanwhileError",
    "assign_lead",
    "begin_outside",
    "break_glass",
    "correct_child",
    "correct_incident",
    "declare_conflict",
    "deny_conflict",
    "discard_draft",
    "dismiss_conflict",
    "employer",
    "end_conflict",
    "end_invitations",
    "finish_rapid_review",
    "forget_unsent",
    "invite",
    "invite_new",
    "involve_agency",
    "link_cases",
    "missing_outside",
    "open_rapid_review",
    "record_conflict",
    "record_notification_sent",
    "record_partners_informed",
    "record_referral",
    "record_regulators_told",
    "remove_agency",
    "remove_child",
    "remove_person",
    "resume_rapid_review",
    "review_emergency",
    "save_agencies_answer",
    "save_agency",
    "save_child",
    "save_dates",
    "save_incident",
    "save_lead",
    "save_outside",
    "save_person",
    "save_referrer",
    "screen",
    "send_outside",
    "start_draft",
    "stop_rapid_review",
    "turn_away",
    "turn_away_outside",
    "unlink_cases",
    "uphold_conflict",
    "withdraw",
    "withdraw_invitation",
]
