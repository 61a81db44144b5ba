"""The links of a safeguarding issue: whoever opens one with its code sees that issue and nothing else of the case."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from agency_returns.workflow import is_walled
from rapid_reviews.models import SafeguardingIssue
from rapid_reviews.states import UNSETTLED

ISSUE = "safeguarding-issue"
LIFETIME = timedelta(days=90)  # unless the issue is settled first; each reminder brings a new link


def issue_of(link: AccessLink) -> SafeguardingIssue | None:
    rows = SafeguardingIssue.objects.select_related("review__referral", "agency")
    found: SafeguardingIssue | None = rows.filter(pk=int(link.subject.rpartition(":")[2])).first()
    return found


def wanted(link: AccessLink) -> bool:
    """Not settled yet, and no wall was put up since between the case and the link's reader."""
    issue = issue_of(link)
    if issue is None or issue.status not in UNSETTLED:
        return False
    return not is_walled(issue.review.referral, link.address, on=timezone.localdate())


def url_for(issue: SafeguardingIssue, *, by: object, now: datetime) -> str:
    """A new link for the issue's safeguarding lead, in the form in which it stands in the mail."""
    _, token = access.issue(
        purpose=ISSUE,
        subject=issue.subject,
        address=issue.lead_address,
        reference=issue.review.referral.reference,
        expires_at=now + LIFETIME,
        now=now,
        by=by,
    )
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def close(issue: SafeguardingIssue, *, by: object, now: datetime) -> None:
    access.close_all(subject=issue.subject, by=by, now=now)


def _home(token: str) -> str:
    return reverse("rapid_reviews:issue-link", args=[token])


PURPOSE = Purpose(code=ISSUE, title="Answer a safeguarding issue", home=_home, wanted=wanted)
