"""What this app tells the registries of the lower floors, once at start."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from access_links import purposes
from audit import sentences
from core import attention, needs, walls
from highlight_reports import emails, links
from highlight_reports.models import Asked, HighlightReport
from highlight_reports.reading import withheld_from, withheld_references
from highlight_reports.states import Status
from notifications import catalogue
from panel.permissions import Permission, can

SENTENCES = {
    "report.prepared": "The system built the draft for the Executive meeting of {meeting}.",
    "report.ask-added": "{actor} added a decision to ask of the Executive.",
    "report.ask-dropped": "{actor} took a decision out of what is asked.",
    "report.answered": "{who} answered {number} of what the report asks.",
    "report.answer-chased": "{who} was reminded of the answers to the report.",
    "report.opened-by-link": "{who} opened the report by link.",
    "report.withdrawn": "{actor} withdrew it, with a reason.",
    "report.correction-begun": "{actor} began the correction of {old}.",
    "report.figure-opened": "{actor} opened the list behind a figure.",
    "report.assembled": "{actor} started the report for the Executive meeting of {meeting}.",
    "report.rescheduled": "{actor} changed its dates: meeting {meeting}, period {period}.",
    "report.commentary-saved": "{actor} wrote the commentary on “{section}” (version {version}).",
    "report.discarded": "{actor} discarded the draft.",
    "report.submitted": "{actor} submitted it for approval.",
    "report.sent-back": "{actor} sent it back with a reason.",
    "report.approved": "{actor} approved it.",
    "report.rendered": "The PDF was made: {pages} pages, SHA-256 {sha256}.",
    "report.render-failed": "The PDF could not be made after {attempts} attempts.",
    "report.render-retried": "{actor} had the PDF tried again.",
    "report.sent": "{actor} sent it to {number} of the list “{list}” ({left_out} left out).",
    "report.read": "{actor} read the report.",
    "report.downloaded": "{actor} downloaded the PDF.",
}

# kind, title, who, when, secret (the others say no word about a case)
MORE_MAIL = (
    (
        emails.ASKING, "Highlight report, with decisions to answer",
        "Everybody on the distribution list that the business manager chooses, save those with a conflict of interest "
        "with a case in it",
        "When the business manager sends an approved report that asks for decisions; once to each address", True,
    ),
    (
        emails.REMINDER, "Answers to the highlight report are missing", "Who got it and has not answered everything",
        "Once, a few working days before the Executive meets", True,
    ),
    (
        emails.WITHDRAWN, "Highlight report withdrawn", "Everybody to whom it was sent",
        "When the business manager withdraws it", False,
    ),
    (
        emails.PREPARED, "Draft of the highlight report", "The business manager",
        "When the system has built it, ten working days (local practice) before the Executive meets", False,
    ),
)  # fmt: skip

NEEDS = {
    Status.FAILED: ("could not be made into a PDF", True),
    Status.SUBMITTED: ("waits for approval by the chair or the deputy chair", False),
    Status.READY: ("is ready to send", False),
    Status.WITHDRAWN: ("is withdrawn, and there is no correction yet", True),
}


def needs_attention(now: datetime) -> list[attention.Item]:
    """Reports that wait for a person, for the cockpit."""
    return [
        attention.Item(
            f"{report.reference} {NEEDS[Status(report.status)][0]}.",
            reverse("highlight_reports:report-detail", args=[report.reference]),
            urgent=NEEDS[Status(report.status)][1],
        )
        for report in HighlightReport.objects.filter(status__in=NEEDS).exclude(_corrected()).only("reference", "status")
    ]


def _corrected() -> Exists:
    """A withdrawn report in whose place another stands needs nothing more."""
    return Exists(HighlightReport.objects.kept().filter(corrects=OuterRef("pk")))


def needs_of(user: Any, today: date) -> list[needs.Need]:
    """What `user` can do about a report today: approve it, send it, mend it."""
    verbs = {
        Permission.APPROVE_REPORT: {Status.SUBMITTED: "Approve the highlight report, or send it back"},
        Permission.SEND_REPORT: {
            Status.DRAFT: "Write the commentary and submit the highlight report",
            Status.FAILED: "Have the PDF of the highlight report made again",
            Status.READY: "Send the highlight report to the Executive",
            Status.WITHDRAWN: "Correct the highlight report that was withdrawn",
        },
    }
    mine = {
        status: what for right, moves in verbs.items() if can(user, right, on=today) for status, what in moves.items()
    }
    visible = HighlightReport.objects.visible_to(user)
    return [
        needs.Need(
            what=mine[Status(report.status)],
            url=reverse("highlight_reports:report-detail", args=[report.reference]),
            about=report.reference,
            due=report.meeting_on,
            note="the Executive meets",
        )
        for report in visible.filter(status__in=mine).exclude(_corrected()).defer("data")
        if report.status != Status.SUBMITTED or report.submitted_by_id != user.pk
    ]


def answers_wanted(user: Any, today: date) -> list[needs.Need]:
    """What a report that was sent asks of `user`, until the day of the meeting."""
    waiting = Asked.objects.unanswered().of(user).filter(report__status=Status.SENT, report__meeting_on__gte=today)
    return [
        needs.Need(
            what="Answer what the highlight report asks of the Executive",
            url=reverse("highlight_reports:report-answer", args=[asked.report.reference]),
            about=asked.report.reference,
            due=asked.report.meeting_on,
            note="the Executive meets",
        )
        for asked in waiting.select_related("report")
        if not withheld_from(user, asked.report.frozen)
    ]


def register() -> None:
    sentences.register(SENTENCES)
    needs.register(needs_of)
    needs.register(answers_wanted)
    purposes.register(links.purpose())
    walls.register(withheld_references)
    attention.register("Highlight reports", needs_attention)
    catalogue.register(
        kind=emails.TO_EXECUTIVE,
        title="Highlight report",
        who="Everybody on the distribution list that the business manager chooses, "
        "save those with a conflict of interest with a case in it",
        when="When the business manager sends an approved report; once to each address",
    )
    for kind, title, who, when, secret in MORE_MAIL:
        catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret, passes_walls=not secret)
    catalogue.register(
        kind=emails.TO_APPROVE,
        title="Highlight report to approve",
        who="The chair and the deputy chair, save who wrote it",
        when="When the business manager submits a report",
        passes_walls=True,  # it says no word about a case
    )
    catalogue.register(
        kind=emails.SENT_BACK,
        title="Highlight report sent back",
        who="The person who submitted it",
        when="When the chair or deputy chair sends a report back",
        passes_walls=True,
    )
