"""Who has seen which version of a section, for "changed since you last looked"."""

from datetime import datetime

from core.errors import NotPermitted
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import SectionKey
from rapid_reviews.models import Look, RapidReview
from rapid_reviews.workflow.base import local_day
from referrals.models import Child


@workflow
def look(
    *, review: RapidReview, key: SectionKey, child: Child | None = None, version: int, by: User, now: datetime
) -> None:
    """`by` has the section before them, in the version `version`."""
    if not review.referral.may_be_seen_by(by, on=local_day(now)):
        raise NotPermitted("You do not have access to this case.")
    saw(review, key, child, by=by, version=version, now=now)


def saw(review: RapidReview, key: SectionKey, child: Child | None, *, by: User, version: int, now: datetime) -> None:
    """The same for who has just saved it. Two pages at once: the later one stands, and no version is unseen again."""
    seen, is_new = Look.objects.select_for_update().get_or_create(
        review=review, key=key, child=child, person=by, defaults={"version": version, "looked_at": now}
    )
    if not is_new and (version, now) >= (seen.version, seen.looked_at):
        seen.version, seen.looked_at = version, now
        seen.save(update_fields=["version", "looked_at"])
