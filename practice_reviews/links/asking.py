"""The link by which an agency without an account accepts or declines its single-agency review."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from agency_returns.workflow import is_walled
from practice_reviews.models import AgencyAsk
from practice_reviews.states import ASK_WAITS

ASK = "single-agency-review"
LIFETIME = timedelta(days=120)  # each reminder brings a new link


def ask_of(link: AccessLink) -> AgencyAsk | None:
    rows = AgencyAsk.objects.select_related("review__referral", "review__agency")
    found: AgencyAsk | None = rows.filter(pk=int(link.subject.rpartition(":")[2])).first()
    return found


def wanted(link: AccessLink) -> bool:
    """Something is still to do, and no wall was put up since between the case and the link's reader."""
    ask = ask_of(link)
    if ask is None or ask.status not in ASK_WAITS or not ask.review.is_running:
        return False
    case = ask.review.referral
    return case is None or not is_walled(case, link.address, on=timezone.localdate())


def url_for(ask: AgencyAsk, *, by: object, now: datetime) -> str:
    """A new link for the agency's lead, in the form in which it stands in the mail."""
    _, token = access.issue(
        purpose=ASK, subject=ask.subject, address=ask.lead_address, reference=ask.review.case_reference,
        expires_at=now + LIFETIME, now=now, by=by,
    )  # fmt: skip
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def close(ask: AgencyAsk, *, by: object, now: datetime) -> None:
    access.close_all(subject=ask.subject, by=by, now=now)


def purpose() -> Purpose:
    return Purpose(
        code=ASK, title="Answer for a single-agency review", wanted=wanted,
        home=lambda token: reverse("practice_reviews:ask-link", args=[token]),
    )  # fmt: skip
