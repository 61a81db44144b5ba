"""Highlight reports at any status, reached by driving the real workflow."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from highlight_reports import workflow
from highlight_reports.choices import SectionCode
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from notifications.models import DistributionList, DistributionListEntry
from panel.models import User
from panel.roles import Role
from tests.referrals.factories import person_with

COMMENTARY = "Two agencies were slow to answer. The chair has written to both."


def make_draft(
    *,
    meeting_on: date | None = None,
    period_from: date | None = None,
    period_to: date | None = None,
    by: User | None = None,
    now: datetime | None = None,
) -> HighlightReport:
    """A draft for a meeting ten days ahead, about the two months up to today."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    return workflow.assemble(
        meeting_on=meeting_on or today + timedelta(days=10),
        period_from=period_from or today - timedelta(days=60),
        period_to=period_to or today,
        by=by or person_with(Role.BUSINESS_MANAGER, now),
        now=now,
    )


def write(
    report: HighlightReport, text: str = COMMENTARY, *, section: SectionCode = SectionCode.HEADLINE, **over: Any
) -> Any:
    now = over.pop("now", None) or timezone.now()
    there = report.commentaries.filter(section=section).first()
    facts = {"version": there.version if there else 0, "by": person_with(Role.BUSINESS_MANAGER, now), "now": now} | over
    return workflow.write_commentary(report=report, section=section, text=text, **facts)


def report_at(status: Status, *, by: User | None = None, now: datetime | None = None, **dates: Any) -> HighlightReport:
    """A report at `status`; everything happens at `now`. For a sent one the list is `make_list()`."""
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    asks = dates.pop("asks", ())
    report = make_draft(by=by, now=now, **dates)
    write(report, by=by, now=now)
    for text in asks:
        workflow.add_ask(report=report, text=text, by=by, now=now)
    if status == Status.DISCARDED:
        workflow.discard(report=report, by=by, now=now)
    elif status != Status.DRAFT:
        workflow.submit(report=report, by=by, now=now)
        if status != Status.SUBMITTED:
            _approved(status, report, by=by, now=now)
    return HighlightReport.objects.get(pk=report.pk)


def _approved(status: Status, report: HighlightReport, *, by: User, now: datetime) -> None:
    workflow.approve(report=report, by=person_with(Role.CHAIR, now), now=now)
    if status == Status.FAILED:
        fail(report, now=now)
    elif status in (Status.READY, Status.SENT, Status.WITHDRAWN):
        workflow.render(pk=report.pk, now=now)
        if status != Status.READY:
            workflow.send(report=report, distribution_list=make_list(), by=by, now=now)
        if status == Status.WITHDRAWN:
            workflow.withdraw(report=report, reason="A figure was wrong.", by=by, now=now)


def fail(report: HighlightReport, *, now: datetime) -> None:
    """What is left after so many workers died over the report."""
    for _ in range(workflow.MAX_ATTEMPTS + 1):
        workflow.begin_attempt(pk=report.pk, now=now)


def make_list(*addresses: str, name: str = "Executive Group") -> DistributionList:
    """A list of invented executives, or of `addresses`."""
    made, _ = DistributionList.objects.get_or_create(name=name, defaults={"purpose": "Gets the highlight report."})
    for address in addresses or (
        "ada.example@council.example",
        "bryn.sample@icb.example",
        "cai.invented@police.example",
    ):
        person = address.partition("@")[0].replace(".", " ").title()
        DistributionListEntry.objects.get_or_create(distribution_list=made, address=address, defaults={"name": person})
    return made
