"""One mail per person on a distribution list, with the PDF; never two of the same report to one address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from core.letters import Letter
from highlight_reports import emails
from highlight_reports.links import url_for
from highlight_reports.models import Asked, HighlightReport
from highlight_reports.permissions import check_verb
from highlight_reports.reading import withheld_from
from highlight_reports.recipients import recipients
from highlight_reports.states import Status
from highlight_reports.workflow.locking import locked
from notifications.models import DistributionList, DistributionListEntry, Message
from notifications.workflow import queue
from panel.models import User


class WalledRecipients(WorkflowError):
    """Somebody on the list must not get this report; it may be sent without them."""


@dataclass(frozen=True)
class Sending:
    """What one sending did: new mails, people who had theirs already, people left out."""

    queued: int
    already: int
    left_out: int


def delivery_key(report: HighlightReport, address: str) -> str:
    return f"highlight-report:{report.reference}:{address.lower()}"


@workflow
def send(
    *,
    report: HighlightReport,
    distribution_list: DistributionList,
    by: User,
    now: datetime,
    without_walled: bool = False,
) -> Sending:
    """Put the mails into the outbox. Raises WalledRecipients unless `without_walled`, WorkflowError for nobody left.

    Somebody from whom part of the report is withheld sends it blind: neither is raised, since either would tell them
    who has a conflict of interest with a case that they may not see.
    """
    report = locked(report)
    target = check_verb(report, "send", by)
    who = recipients(distribution_list, report.frozen, on=timezone.localdate(now))
    blind = bool(withheld_from(by, report.frozen))
    if who.walled and not without_walled and not blind:
        raise WalledRecipients(_walled_sentence(who.walled))
    if not who.may and not blind:
        raise WorkflowError("There is nobody on this list to whom the report may be sent.")
    keys = {delivery_key(report, entry.address): entry for entry in who.may}
    there = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    for key, entry in keys.items():
        if key not in there:
            queue(_letter(report, entry, by=by, now=now), key=key, address=entry.address)
    sending = Sending(len(keys) - len(there), len(there), len(who.walled))
    if report.status != Status.SENT and who.may:
        report.status, report.sent_by, report.sent_at = target, by, now
        report.save(update_fields=["status", "sent_by", "sent_at"])
    if sending.queued:
        record(
            "report.sent", by=by, obj=report, reference=report.reference, list=distribution_list.name,
            number=sending.queued, left_out=sending.left_out,
        )  # fmt: skip
    return sending


def _letter(report: HighlightReport, entry: DistributionListEntry, *, by: User, now: datetime) -> Letter:
    """The report; where it asks for decisions, with the link to this person's answers."""
    if not report.asks.exists():
        return emails.to_executive(report)
    asked, _ = Asked.objects.get_or_create(
        report=report,
        address=entry.address.lower(),
        defaults={"name": entry.name, "user": entry.user, "asked_at": now},
    )
    return emails.to_executive(report, url_for(asked, by=by, now=now))


def _walled_sentence(walled: Sequence[DistributionListEntry]) -> str:
    names = ", ".join(entry.name for entry in walled)
    return (
        f"{names} may not get this report, because of a conflict of interest with a case in it. "
        "You can send it without them."
    )
