"""Closed lists of this app."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What can be found, in the order in which the filter names them. The label stands before each hit."""

    CASE = "case", "Case"
    CHILD = "child", "Child"
    PERSON = "person", "Other person"
    ACTION = "action", "Action"
    DOCUMENT = "document", "Document"
    CHRONOLOGY = "chronology", "Chronology"
    MEETING = "meeting", "Meeting"


ONLY_WITH_NAMES = frozenset({Kind.CHILD, Kind.PERSON, Kind.DOCUMENT})  # files are not pseudonymised
