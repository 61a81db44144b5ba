"""What the disclosure check says against publishing."""

from datetime import date

from publications.models import Publication


def blocking_reasons(publication: Publication, *, on: date) -> list[str]:
    """Sentences that stop publication; empty where a check of exactly these words has no unaccepted finding."""
    return ["No disclosure check has been made of the report and its public text."]
