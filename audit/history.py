"""What every row-history table has beside pghistory's own: nobody empties it. (settings.PGHISTORY_BASE_MODEL)"""

import pgtrigger
from pghistory.models import Event as PghistoryEvent


def never_truncate() -> pgtrigger.Trigger:
    """A trigger that refuses TRUNCATE; pgtrigger.Protect knows UPDATE and DELETE only."""
    return pgtrigger.Trigger(
        name="never_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


class Event(PghistoryEvent):
    """Base of all history tables that `@pghistory.track()` makes (`MembershipEvent` takes its name from here).

    PGHISTORY_APPEND_ONLY refuses UPDATE and DELETE, this class TRUNCATE.
    """

    class Meta:
        abstract = True

    @classmethod
    def pghistory_setup(cls) -> None:
        super().pghistory_setup()
        if not cls._meta.abstract and cls._meta.managed and not cls._meta.proxy:
            pgtrigger.register(never_truncate())(cls)
