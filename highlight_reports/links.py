"""The link by which an Executive reads a report and answers what it asks, with or without an account."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from highlight_reports.models import Asked
from highlight_reports.recipients import walled
from highlight_reports.states import Status

ANSWER = "report-answer"
LIFETIME = timedelta(days=30)  # after the meeting


def asked_of(link: AccessLink) -> Asked | None:
    rows = Asked.objects.select_related("report", "user")
    found: Asked | None = rows.filter(pk=int(link.subject.rpartition(":")[2])).first()
    return found


def wanted(link: AccessLink) -> bool:
    """Whether the report still stands, and no wall came between it and its reader."""
    asked = asked_of(link)
    if asked is None or asked.report.status != Status.SENT:
        return False
    return not walled(asked.address, asked.user_id, asked.report.frozen, on=timezone.localdate())


def url_for(asked: Asked, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    last = max(asked.report.meeting_on, timezone.localdate(now)) + LIFETIME
    _, token = access.issue(
        purpose=ANSWER,
        subject=asked.subject,
        address=asked.address,
        reference=asked.report.reference,
        expires_at=timezone.make_aware(datetime.combine(last, time())),
        now=now,
        by=by,
    )
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def purpose() -> Purpose:
    return Purpose(
        code=ANSWER,
        title="Read the highlight report and answer what it asks",
        home=lambda token: reverse("highlight_reports:link-answer", args=[token]),
        wanted=wanted,
    )
