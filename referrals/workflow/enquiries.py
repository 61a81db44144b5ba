import uuid
from datetime import datetime

from audit.workflow import record
from core.guard import workflow
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from referrals.choices import Route
from referrals.models import MisdirectedEnquiry
from referrals.workflow.base import local_day


@workflow
def turn_away(*, route: Route, by: User, now: datetime, key: uuid.UUID | None = None) -> MisdirectedEnquiry:
    """Count an enquiry that is no referral (terms of reference, section 1). The same `key` again counts once."""
    panel.check(by, Permission.RECORD_CASE, on=local_day(now))
    enquiry: MisdirectedEnquiry
    enquiry, created = MisdirectedEnquiry.objects.get_or_create(
        key=key or uuid.uuid4(), defaults={"route": route, "made_by": by, "made_at": now}
    )
    if created:
        record("enquiry.redirected", by=by, obj=enquiry, route=Route(route).label.lower())
    return enquiry
