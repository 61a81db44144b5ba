"""The permission vocabulary: every right in the system and the roles that hold it, in one place.

Whether a person may see a case is another question: each model's `visible_to(user)` answers it.
"""

from datetime import date

from django.db.models import TextChoices
from django.utils import timezone

from core.errors import NotPermitted
from panel.models import User
from panel.roles import PANEL_ROLES, Role


class Permission(TextChoices):
    """A right. Its label completes "You are not allowed to …"."""

    SEE_CASES = "cases.see", "see cases"
    SEE_NAMES = "cases.names", "see the names of children"
    RECORD_CASE = "cases.record", "record a notification or referral"
    SCREEN_CASE = "cases.screen", "screen a case"
    MANAGE_ACCESS = "cases.access", "record conflicts of interest or invite representatives"
    READ_DOCUMENTS = "documents.read", "read documents, which hold names"
    ADD_DOCUMENTS = "documents.add", "add documents"
    WITHDRAW_DOCUMENTS = "documents.withdraw", "withdraw documents"
    DISPOSE_OF_DOCUMENTS = "documents.dispose", "dispose of documents or put them on legal hold"
    ASK_AGENCIES = "returns.ask", "ask agencies for their returns"
    EDIT_CHRONOLOGY = "chronology.edit", "work on the chronology"
    DECLARE_CONFLICT = "cases.declare", "declare a conflict of interest"
    RULE_CONFLICT = "cases.rule", "rule on a conflict of interest or review an emergency access"
    SEE_AS = "cases.see_as", "see the lists as another person sees them"
    BREAK_GLASS = "cases.break_glass", "open a case in an emergency"
    OPEN_RAPID_REVIEW = "rapid_reviews.open", "open a rapid review"
    EDIT_RAPID_REVIEW = "rapid_reviews.edit", "work on a rapid review"
    ASSIGN_SECTIONS = "rapid_reviews.assign", "say who writes which section"
    COMMENT_RAPID_REVIEW = "rapid_reviews.comment", "comment on a rapid review"
    RECOMMEND = "rapid_reviews.recommend", "record the Panel's recommendation"
    DECIDE = "rapid_reviews.decide", "decide as a Safeguarding Partner"
    SEND_RAPID_REVIEW = "rapid_reviews.send", "send a rapid review to the national Panel"
    WITHDRAW_RAPID_REVIEW = "rapid_reviews.withdraw", "withdraw a rapid review"
    ANSWER_CIRCULATION = "rapid_reviews.circulation", "answer as a member what the Panel recommends"
    RESOLVE = "rapid_reviews.resolve", "record what the lead partners agreed"
    SEE_MEETINGS = "meetings.see", "see the meetings of the Panel"
    PLAN_MEETINGS = "meetings.plan", "plan meetings of the Panel"
    RAISE_SAFEGUARDING = "safeguarding.raise", "raise an immediate safeguarding issue"
    SETTLE_SAFEGUARDING = "safeguarding.settle", "accept an agency's answer to a safeguarding issue or ask again"
    WITHDRAW_SAFEGUARDING = "safeguarding.withdraw", "withdraw a safeguarding issue or send it to somebody else"
    SEE_PRACTICE_REVIEWS = "practice_reviews.see", "see commissioned reviews"
    MANAGE_PRACTICE_REVIEWS = "practice_reviews.manage", "manage commissioned reviews"
    SIGN_OFF_PRACTICE_REVIEWS = "practice_reviews.sign_off", "sign off or stop a commissioned review"
    PREPARE_PUBLICATION = "publications.prepare", "prepare a publication"
    PUBLISH = "publications.publish", "publish a report or decide not to"
    SEE_LEARNING = "learning.see", "see the learning"
    EDIT_LEARNING = "learning.edit", "record learning"
    MANAGE_LEARNING = "learning.manage", "manage key messages and their dissemination"
    CONDUCT_MEETINGS = "meetings.conduct", "conduct a meeting and keep its minutes"
    SEE_ACTIONS = "actions.see", "see the whole action log"
    ADD_ACTIONS = "actions.add", "propose actions"
    MANAGE_ACTIONS = "actions.manage", "manage the action log"
    DECIDE_ACTION_DATES = "actions.dates", "approve or refuse another date for an action"
    CLOSE_ACTIONS = "actions.close", "close actions"
    ANSWER_ESCALATIONS = "actions.answer", "answer for an escalated action"
    SEE_BOARD = "board.see", "see the statutory board"
    SEE_REPORTS = "reports.see", "see highlight reports"
    WRITE_REPORT = "reports.write", "prepare a highlight report"
    APPROVE_REPORT = "reports.approve", "approve a highlight report"
    SEND_REPORT = "reports.send", "send a highlight report"
    SEE_OUTBOX = "mail.see", "see the mails that the system sent"
    CONFIGURE = "admin.configure", "change the configuration"


_READERS = PANEL_ROLES | {Role.SAFEGUARDING_PARTNER, Role.SCRUTINEER}
_LEADERS = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.BUSINESS_MANAGER})
_MANAGER = frozenset({Role.BUSINESS_MANAGER})

GRANTS: dict[Permission, frozenset[Role]] = {
    # Partners and scrutineer decide on pseudonyms. The business manager's deputy sees a case only while an emergency
    # has opened it to them.
    Permission.SEE_CASES: _READERS | {Role.INVITED, Role.DEPUTY_MANAGER},
    Permission.SEE_NAMES: PANEL_ROLES | {Role.INVITED, Role.DEPUTY_MANAGER},
    Permission.RECORD_CASE: PANEL_ROLES,
    Permission.SCREEN_CASE: _LEADERS,
    Permission.MANAGE_ACCESS: _LEADERS,
    Permission.READ_DOCUMENTS: PANEL_ROLES | {Role.INVITED},  # as names: files are not pseudonymised
    Permission.ADD_DOCUMENTS: PANEL_ROLES,
    Permission.WITHDRAW_DOCUMENTS: _LEADERS,
    Permission.DISPOSE_OF_DOCUMENTS: _MANAGER,
    Permission.ASK_AGENCIES: _LEADERS,
    Permission.EDIT_CHRONOLOGY: PANEL_ROLES,
    Permission.DECLARE_CONFLICT: _READERS | {Role.INVITED, Role.DEPUTY_MANAGER},
    Permission.RULE_CONFLICT: frozenset({Role.CHAIR, Role.DEPUTY_CHAIR}),
    Permission.SEE_AS: frozenset({Role.CHAIR, Role.BUSINESS_MANAGER}),
    Permission.BREAK_GLASS: frozenset({Role.DEPUTY_MANAGER}),
    Permission.OPEN_RAPID_REVIEW: _LEADERS,
    Permission.EDIT_RAPID_REVIEW: PANEL_ROLES,
    Permission.ASSIGN_SECTIONS: _LEADERS,
    Permission.COMMENT_RAPID_REVIEW: PANEL_ROLES | {Role.INVITED},
    Permission.RECOMMEND: _LEADERS,
    Permission.DECIDE: frozenset({Role.SAFEGUARDING_PARTNER}),
    Permission.SEND_RAPID_REVIEW: _LEADERS,
    Permission.WITHDRAW_RAPID_REVIEW: _LEADERS,
    Permission.ANSWER_CIRCULATION: PANEL_ROLES - {Role.BUSINESS_MANAGER},
    Permission.RESOLVE: _LEADERS,
    Permission.SEE_MEETINGS: _READERS,
    Permission.PLAN_MEETINGS: _LEADERS,
    Permission.RAISE_SAFEGUARDING: PANEL_ROLES,
    Permission.SETTLE_SAFEGUARDING: frozenset({Role.CHAIR, Role.DEPUTY_CHAIR}),
    Permission.WITHDRAW_SAFEGUARDING: _LEADERS,
    Permission.SEE_PRACTICE_REVIEWS: _READERS,
    Permission.MANAGE_PRACTICE_REVIEWS: _LEADERS,
    Permission.SIGN_OFF_PRACTICE_REVIEWS: frozenset({Role.CHAIR, Role.DEPUTY_CHAIR}),
    Permission.PREPARE_PUBLICATION: _LEADERS,
    Permission.PUBLISH: _LEADERS,
    Permission.SEE_LEARNING: _READERS,
    Permission.EDIT_LEARNING: PANEL_ROLES,
    Permission.MANAGE_LEARNING: _LEADERS,
    Permission.CONDUCT_MEETINGS: _LEADERS,
    Permission.SEE_ACTIONS: _READERS,
    Permission.ADD_ACTIONS: PANEL_ROLES,
    Permission.MANAGE_ACTIONS: _LEADERS,
    Permission.DECIDE_ACTION_DATES: frozenset({Role.CHAIR, Role.DEPUTY_CHAIR}),
    Permission.CLOSE_ACTIONS: _LEADERS,
    Permission.ANSWER_ESCALATIONS: _LEADERS | {Role.SAFEGUARDING_PARTNER},
    Permission.SEE_BOARD: _READERS,
    Permission.SEE_REPORTS: _READERS,
    Permission.WRITE_REPORT: _MANAGER,
    Permission.APPROVE_REPORT: frozenset({Role.CHAIR, Role.DEPUTY_CHAIR}),
    Permission.SEND_REPORT: _MANAGER,
    Permission.SEE_OUTBOX: _MANAGER,
    Permission.CONFIGURE: _MANAGER,
}


def can(user: User, permission: Permission, *, on: date | None = None) -> bool:
    """Whether `user` holds `permission` through a membership current on the day `on` (today unless given)."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(GRANTS[permission] & user.roles_on(on or timezone.localdate()))


def check(user: User, permission: Permission, *, on: date | None = None) -> None:
    """Raise NotPermitted with a sentence unless `can`."""
    if not can(user, permission, on=on):
        raise NotPermitted(f"You are not allowed to {permission.label}. Ask the business manager if you should be.")
