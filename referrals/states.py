"""The case's statuses, whose move each is, and every change that there is."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where a case stands. A draft has no reference yet."""

    DRAFT = "draft", "Draft"
    DISCARDED = "discarded", "Draft discarded"
    RECORDED = "recorded", "Awaiting screening"
    MORE_INFORMATION = "more_information", "More information needed"
    PANEL_CONSIDERATION = "panel_consideration", "For Panel consideration"
    ACCEPTED = "accepted", "Accepted for rapid review"
    UNDER_REVIEW = "under_review", "Rapid review under way"
    REVIEWED = "reviewed", "Rapid review sent"
    REDIRECTED = "redirected", "Redirected"
    NOT_MET = "not_met", "Criteria not met"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = Status

UNRECORDED = frozenset({S.DRAFT, S.DISCARDED})
AWAITING_SCREENING = frozenset({S.RECORDED, S.MORE_INFORMATION, S.PANEL_CONSIDERATION})
CLOSED = frozenset({S.REDIRECTED, S.NOT_MET, S.WITHDRAWN})

TABLE = StateTable(
    "case",
    Status,
    [
        row("discard_draft", S.DRAFT, S.DISCARDED, Permission.RECORD_CASE),
        row("record", S.DRAFT, S.RECORDED, Permission.RECORD_CASE),
        row("accept_for_rapid_review", AWAITING_SCREENING, S.ACCEPTED, Permission.SCREEN_CASE),
        row("put_to_the_panel", {S.RECORDED, S.MORE_INFORMATION}, S.PANEL_CONSIDERATION, Permission.SCREEN_CASE),
        row("ask_for_information", {S.RECORDED, S.PANEL_CONSIDERATION}, S.MORE_INFORMATION, Permission.SCREEN_CASE),
        row("redirect", AWAITING_SCREENING, S.REDIRECTED, Permission.SCREEN_CASE),
        row("find_not_met", AWAITING_SCREENING, S.NOT_MET, Permission.SCREEN_CASE),
        row("withdraw", AWAITING_SCREENING | {S.ACCEPTED}, S.WITHDRAWN, Permission.SCREEN_CASE),
        # The four that rapid_reviews calls down for, in the transaction of its own change.
        row("open_rapid_review", S.ACCEPTED, S.UNDER_REVIEW, Permission.OPEN_RAPID_REVIEW),
        row("finish_rapid_review", S.UNDER_REVIEW, S.REVIEWED, Permission.SEND_RAPID_REVIEW),
        row("resume_rapid_review", S.REVIEWED, S.UNDER_REVIEW, Permission.SEND_RAPID_REVIEW),
        row("stop_rapid_review", {S.UNDER_REVIEW, S.REVIEWED}, S.WITHDRAWN, Permission.WITHDRAW_RAPID_REVIEW),
    ],
    owners={
        S.DRAFT: "The person who is writing it",
        S.DISCARDED: "Nobody",
        S.RECORDED: "Chair or business manager, to screen it",
        S.MORE_INFORMATION: "The lead, to get the missing information",
        S.PANEL_CONSIDERATION: "The Panel, to consider it",
        S.ACCEPTED: "Business manager, to open the rapid review",
        S.UNDER_REVIEW: "The Panel, to complete the rapid review",
        S.REVIEWED: "The national Panel, to reply",
        S.REDIRECTED: "Nobody: sent on by the right route",
        S.NOT_MET: "Nobody: closed",
        S.WITHDRAWN: "Nobody: closed",
    },
)


class ConflictStatus(TextChoices):
    """Where a conflict of interest stands. That it has run out follows from its dates, not from here."""

    DECLARED = "declared", "Declared, awaiting a ruling"
    UPHELD = "upheld", "Upheld"
    RECORDED = "recorded", "Recorded"
    DISMISSED = "dismissed", "Dismissed"
    ENDED = "ended", "Ended"


C = ConflictStatus

CONFLICTS = StateTable(
    "conflict of interest",
    ConflictStatus,
    [
        row("declare", "", C.DECLARED, Permission.DECLARE_CONFLICT),
        row("record", "", C.RECORDED, Permission.MANAGE_ACCESS),
        row("uphold", C.DECLARED, C.UPHELD, Permission.RULE_CONFLICT),
        row("dismiss", C.DECLARED, C.DISMISSED, Permission.RULE_CONFLICT),
        row("end", {C.UPHELD, C.RECORDED}, C.ENDED, Permission.MANAGE_ACCESS),
    ],
    owners={
        C.DECLARED: "The chair, to rule; the deputy chair where the chair has a conflict. The wall is up meanwhile",
        C.UPHELD: "Nobody: the wall is up until it ends",
        C.RECORDED: "Nobody: the wall is up until it ends",
        C.DISMISSED: "Nobody: the wall is down",
        C.ENDED: "Nobody: the wall is down",
    },
)


class EmergencyStatus(TextChoices):
    """What the chair made of an emergency access. That its 24 hours are over follows from the time, not from here."""

    OPENED = "opened", "Awaiting review"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


E = EmergencyStatus

EMERGENCIES = StateTable(
    "emergency access",
    EmergencyStatus,
    [
        row("break_glass", "", E.OPENED, Permission.BREAK_GLASS),
        row("accept", E.OPENED, E.ACCEPTED, Permission.RULE_CONFLICT),
        row("not_accept", E.OPENED, E.NOT_ACCEPTED, Permission.RULE_CONFLICT),
    ],
    owners={
        E.OPENED: "The chair, to review it; the deputy chair where the chair has a conflict",
        E.ACCEPTED: "Nobody",
        E.NOT_ACCEPTED: "Nobody: the case is closed again",
    },
)
