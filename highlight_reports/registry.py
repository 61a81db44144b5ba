"""What this app tells the registries of the lower floors, once at start."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from audit import sentences
from core import attention, needs, walls
from highlight_reports import emails
from highlight_reports.models import HighlightReport
from highlight_reports.reading import withheld_references
from highlight_reports.states import Status
from notifications import catalogue
from panel.permissions import Permission, can

SENTENCES = {
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

NEEDS = {
    Status.FAILED: ("could not be made into a PDF", True),
    Status.SUBMITTED: ("waits for approval by the chair or the deputy chair", False),
    Status.READY: ("is ready to send", False),
}


def needs_attention(now: datetime) -> list[attention.Item]:
    """Reports that wait for a person, for the cockpit."""
    return [
        attention.Item(
            f"{report.reference} {NEEDS[Status(report.status)][0]}.",
            reverse("highlight_reports:report-detail", args=[report.reference]),
            urgent=NEEDS[Status(report.status)][1],
        )
        for report in HighlightReport.objects.filter(status__in=NEEDS).only("reference", "status")
    ]


def needs_of(user: Any, today: date) -> list[needs.Need]:
    """What `user` can do about a report today: approve it, send it, mend it."""
    verbs = {
        Permission.APPROVE_REPORT: {Status.SUBMITTED: "Approve the highlight report, or send it back"},
        Permission.SEND_REPORT: {
            Status.DRAFT: "Write the commentary and submit the highlight report",
            Status.FAILED: "Have the PDF of the highlight report made again",
            Status.READY: "Send the highlight report to the Executive",
        },
    }
    mine = {
        status: what for right, moves in verbs.items() if can(user, right, on=today) for status, what in moves.items()
    }
    return [
        needs.Need(
            what=mine[Status(report.status)],
            url=reverse("highlight_reports:report-detail", args=[report.reference]),
            about=report.reference,
            due=report.meeting_on,
            note="the Executive meets",
        )
        for report in HighlightReport.objects.visible_to(user).filter(status__in=mine).defer("data")
        if report.status != Status.SUBMITTED or report.submitted_by_id != user.pk
    ]


def register() -> None:
    sentences.register(SENTENCES)
    needs.register(needs_of)
    walls.register(withheld_references)
    attention.register("Highlight reports", needs_attention)
    catalogue.register(
        kind=emails.TO_EXECUTIVE,
        title="Highlight report",
        who="Everybody on the distribution list that the business manager chooses, "
        "save those with a conflict of interest with a case in it",
        when="When the business manager sends an approved report; once to each address",
    )
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
