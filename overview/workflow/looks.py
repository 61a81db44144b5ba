"""That somebody has their home page before them, for "since you last looked"."""

from datetime import datetime, timedelta

from core.guard import workflow
from overview.models import HomeLook
from panel.models import User

ONE_LOOK = timedelta(minutes=30)  # going to and fro is one look, not many: as on the page of a case


@workflow
def note_look(*, person: User, now: datetime) -> datetime | None:
    """Note the look; returns when the look before it ended, None at the first one. Of two tabs the later one stands."""
    look, is_new = HomeLook.objects.select_for_update().get_or_create(person=person, defaults={"last_at": now})
    if is_new or now < look.last_at:
        return look.before_at
    if now - look.last_at > ONE_LOOK:
        look.before_at = look.last_at
    look.last_at = now
    look.save(update_fields=["last_at", "before_at"])
    return look.before_at
