"""What kind of data each field holds. Clocks and reminders carry neutral references only, never a name of a child."""

from core.classification import DataClass

NONE, PERSONAL = DataClass.NONE, DataClass.PERSONAL

FIELDS: dict[str, dict[str, DataClass]] = {}
