"""The rapid review from opened to sent: every status, whose move it is, and every verb (a leaf: imports no model)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where a rapid review stands (Working Together: gather facts, analyse, recommend, decide, send)."""

    OPENED = "opened", "Opened"
    GATHERING = "gathering", "Gathering information"
    DRAFTING = "drafting", "Analysis and drafting"
    CIRCULATED = "circulated", "Circulated to the members"
    RECOMMENDED = "recommended", "Recommended"
    DECIDED = "decided", "Decided"
    SENT = "sent", "Sent to the national Panel"
    REPLIED = "replied", "National Panel has replied"
    WITHDRAWN = "withdrawn", "Withdrawn"


BEFORE_RECOMMENDATION = (Status.OPENED, Status.GATHERING, Status.DRAFTING)
OPEN = (*BEFORE_RECOMMENDATION, Status.CIRCULATED, Status.RECOMMENDED, Status.DECIDED)
AFTER_SENDING = (Status.SENT, Status.REPLIED)
CLOSED = (*AFTER_SENDING, Status.WITHDRAWN)

TABLE = StateTable(
    name="rapid review",
    statuses=Status,
    transitions=[
        row("start_gathering", Status.OPENED, Status.GATHERING, Permission.EDIT_RAPID_REVIEW),
        row("start_drafting", Status.GATHERING, Status.DRAFTING, Permission.EDIT_RAPID_REVIEW),
        # The sections may be mended until the review is sent; the grounds only until there is a recommendation.
        *(row("edit_sections", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("assign_sections", status, status, Permission.ASSIGN_SECTIONS) for status in OPEN),  # and the case's lead
        *(row("comment", status, status, Permission.COMMENT_RAPID_REVIEW) for status in OPEN),
        *(row("complete_milestones", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("answer_criteria", status, status, Permission.EDIT_RAPID_REVIEW) for status in BEFORE_RECOMMENDATION),
        *(row("draft_recommendation", status, status, Permission.RECOMMEND) for status in BEFORE_RECOMMENDATION),
        # Outside a meeting: the draft goes to the members, and is recorded when all have answered or time is up.
        row("circulate", Status.DRAFTING, Status.CIRCULATED, Permission.RECOMMEND),
        row("answer_circulation", Status.CIRCULATED, Status.CIRCULATED, Permission.ANSWER_CIRCULATION),
        row("end_circulation", Status.CIRCULATED, Status.DRAFTING, Permission.RECOMMEND),
        row("record_recommendation", (Status.DRAFTING, Status.CIRCULATED), Status.RECOMMENDED, Permission.RECOMMEND),
        # Reached with the third decision, if the three are the same; until then the review stays recommended.
        row("decide", Status.RECOMMENDED, Status.DECIDED, Permission.DECIDE),
        # Only where the three differ: what the lead partners agreed instead.
        row("resolve_difference", Status.RECOMMENDED, Status.DECIDED, Permission.RESOLVE),
        row("reopen_recommendation", Status.RECOMMENDED, Status.DRAFTING, Permission.RECOMMEND),
        *(row("make_report", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        row("record_sending", Status.DECIDED, Status.SENT, Permission.SEND_RAPID_REVIEW),
        *(row("record_receipt", status, status, Permission.SEND_RAPID_REVIEW) for status in AFTER_SENDING),
        *(row("record_questions", status, status, Permission.SEND_RAPID_REVIEW) for status in AFTER_SENDING),
        *(row("answer_questions", status, status, Permission.SEND_RAPID_REVIEW) for status in AFTER_SENDING),
        # They agree, or review it nationally themselves; a later letter may say otherwise.
        row("record_reply", AFTER_SENDING, Status.REPLIED, Permission.SEND_RAPID_REVIEW),
        # They disagree: the Panel recommends anew, the partners decide anew, and it is sent again.
        row("reopen_after_reply", AFTER_SENDING, Status.DRAFTING, Permission.SEND_RAPID_REVIEW),
        row("withdraw", (*OPEN, *AFTER_SENDING), Status.WITHDRAWN, Permission.WITHDRAW_RAPID_REVIEW),
    ],
    owners={
        Status.OPENED: "Business manager",
        Status.GATHERING: "Agencies involved",
        Status.DRAFTING: "The Panel",
        Status.CIRCULATED: "The members, by circulation",
        Status.RECOMMENDED: "Safeguarding Partners",
        Status.DECIDED: "Business manager",
        Status.SENT: "National Panel",
        Status.REPLIED: "Safeguarding Partners, to act on the reply",
        Status.WITHDRAWN: "Nobody",
    },
)


class BundleStatus(TextChoices):
    """Where the making of an evidence bundle stands."""

    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    REMOVED = "removed", "Removed: its time was over"


B = BundleStatus

# Asking makes a new row. What follows is the worker's, which acts for nobody: `claim` again where a worker was lost.
BUNDLES = StateTable(
    name="evidence bundle",
    statuses=BundleStatus,
    transitions=[
        row("claim", (B.WAITING, B.MAKING), B.MAKING, Permission.SEE_CASES),
        row("keep", B.MAKING, B.READY, Permission.SEE_CASES),
        # A document in it may no longer stand in redacted bundles.
        row("begin_again", B.MAKING, B.WAITING, Permission.SEE_CASES),
        row("give_up", (B.WAITING, B.MAKING), B.FAILED, Permission.SEE_CASES),
        row("remove", B.READY, B.REMOVED, Permission.SEE_CASES),
    ],
    owners={
        B.WAITING: "Nobody: a worker takes it up",
        B.MAKING: "Nobody: a worker makes it",
        B.READY: "Whoever asked, to take it",
        B.FAILED: "Whoever asked, to ask again",
        B.REMOVED: "Nobody",
    },
)


class IssueStatus(TextChoices):
    """Where an immediate safeguarding issue stands. Late is no status: it is the answer date compared with today."""

    RAISED = "raised", "Raised"
    ANSWERED = "answered", "Answered"
    ASKED_AGAIN = "asked_again", "Asked again"
    RESOLVED = "resolved", "Resolved"
    WITHDRAWN = "withdrawn", "Withdrawn, raised in error"


class Mover(TextChoices):
    """Who moves an issue without a right of the Panel."""

    AGENCY = "agency", "the agency asked, by its link or as its member"


UNANSWERED = (IssueStatus.RAISED, IssueStatus.ASKED_AGAIN)
UNSETTLED = (*UNANSWERED, IssueStatus.ANSWERED)

ISSUES = StateTable(
    name="safeguarding issue",
    statuses=IssueStatus,
    transitions=[
        row("raise", "", IssueStatus.RAISED, Permission.RAISE_SAFEGUARDING),
        row("answer", UNANSWERED, IssueStatus.ANSWERED, Mover.AGENCY),
        row("accept", IssueStatus.ANSWERED, IssueStatus.RESOLVED, Permission.SETTLE_SAFEGUARDING),
        row("ask_again", IssueStatus.ANSWERED, IssueStatus.ASKED_AGAIN, Permission.SETTLE_SAFEGUARDING),
        # The chair's reason why the review may be sent although there is no answer. The agency is chased all the same.
        *(row("let_send", status, status, Permission.SETTLE_SAFEGUARDING) for status in UNANSWERED),
        *(row("readdress", status, status, Permission.WITHDRAW_SAFEGUARDING) for status in UNANSWERED),
        row("withdraw", UNSETTLED, IssueStatus.WITHDRAWN, Permission.WITHDRAW_SAFEGUARDING),
    ],
    owners={
        IssueStatus.RAISED: "The agency",
        IssueStatus.ANSWERED: "The chair",
        IssueStatus.ASKED_AGAIN: "The agency",
        IssueStatus.RESOLVED: "Nobody",
        IssueStatus.WITHDRAWN: "Nobody",
    },
)
