"""The link by which an agency without an account checks the facts of one draft."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from practice_reviews.models import FactCheck, PracticeReview
from practice_reviews.states import RUNNING, CheckStatus, DraftStatus
from referrals.models import ConflictOfInterest

CHECK = "fact-check"
LIFETIME = timedelta(days=90)  # after the due date, unless the draft or the review ends first
IN_USE = (DraftStatus.OUT, DraftStatus.CLOSED)  # after the round the agency still reads what became of its comments


def check_of(link: AccessLink) -> FactCheck | None:
    rows = FactCheck.objects.select_related("draft__review__referral", "draft__document", "agency")
    return rows.filter(pk=int(link.subject.rpartition(":")[2])).first()


def wanted(link: AccessLink) -> bool:
    """Whether there is anything to say or to read: the review runs, and no wall came between it and the reader."""
    row = check_of(link)
    if row is None or row.draft.status not in IN_USE or row.status == CheckStatus.CLOSED:
        return False
    review = row.draft.review
    return review.status in RUNNING and link.address not in walled_addresses(review, timezone.localdate())


def walled_addresses(review: PracticeReview, on: date) -> set[str]:
    """The addresses that a running conflict of interest keeps from the case of the review."""
    if review.referral is None:
        return set()
    walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(on), referral=review.referral)
    return {email.lower() for email in walls.values_list("member__email", flat=True)}


def issue(row: FactCheck, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    today = timezone.localdate(now)
    ends_on = max(row.draft.due_on or today, today) + LIFETIME
    _, token = access.issue(
        purpose=CHECK, subject=row.subject, address=row.lead_address, reference=row.draft.review.case_reference,
        expires_at=timezone.make_aware(datetime.combine(ends_on, time())), now=now, by=by,
    )  # fmt: skip
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def close(row: FactCheck, *, by: object, now: datetime) -> None:
    access.close_all(subject=row.subject, by=by, now=now)


def purpose() -> Purpose:
    return Purpose(
        code=CHECK, title="Check the facts of a draft", wanted=wanted,
        home=lambda token: reverse("practice_reviews:link-check", args=[token]),
    )  # fmt: skip
