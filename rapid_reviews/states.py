"""The rapid review from opened to sent: every status, whose move it is, and every verb (a leaf: imports no model)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where a rapid review stands (Working Together: gather facts, analyse, recommend, decide, send)."""

    OPENED = "opened", "Opened"
    GATHERING = "gathering", "Gathering information"
    DRAFTING = "drafting", "Analysis and drafting"
    RECOMMENDED = "recommended", "Recommended"
    DECIDED = "decided", "Decided"
    SENT = "sent", "Sent to the national Panel"
    WITHDRAWN = "withdrawn", "Withdrawn"


BEFORE_RECOMMENDATION = (Status.OPENED, Status.GATHERING, Status.DRAFTING)
OPEN = (*BEFORE_RECOMMENDATION, Status.RECOMMENDED, Status.DECIDED)
CLOSED = (Status.SENT, Status.WITHDRAWN)

TABLE = StateTable(
    name="rapid review",
    statuses=Status,
    transitions=[
        row("start_gathering", Status.OPENED, Status.GATHERING, Permission.EDIT_RAPID_REVIEW),
        row("start_drafting", Status.GATHERING, Status.DRAFTING, Permission.EDIT_RAPID_REVIEW),
        # The sections may be mended until the review is sent; the grounds only until there is a recommendation.
        *(row("edit_sections", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("complete_milestones", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("answer_criteria", status, status, Permission.EDIT_RAPID_REVIEW) for status in BEFORE_RECOMMENDATION),
        *(row("draft_recommendation", status, status, Permission.RECOMMEND) for status in BEFORE_RECOMMENDATION),
        row("record_recommendation", Status.DRAFTING, Status.RECOMMENDED, Permission.RECOMMEND),
        # Reached with the third decision, if the three are the same; until then the review stays recommended.
        row("decide", Status.RECOMMENDED, Status.DECIDED, Permission.DECIDE),
        row("reopen_recommendation", Status.RECOMMENDED, Status.DRAFTING, Permission.RECOMMEND),
        row("record_sending", Status.DECIDED, Status.SENT, Permission.SEND_RAPID_REVIEW),
        row("withdraw", OPEN, Status.WITHDRAWN, Permission.WITHDRAW_RAPID_REVIEW),
    ],
    owners={
        Status.OPENED: "Business manager",
        Status.GATHERING: "Agencies involved",
        Status.DRAFTING: "The Panel",
        Status.RECOMMENDED: "Safeguarding Partners",
        Status.DECIDED: "Business manager",
        Status.SENT: "National Panel",
        Status.WITHDRAWN: "Nobody",
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
