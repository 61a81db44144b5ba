"""Who is reminded of the clocks of a publication. Their label is the case's reference, as for every clock of a case."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from deadlines.models import ClockRevision
from publications.models import Publication
from publications.plan import AVAILABLE_RULE, COPY_RULE
from referrals.owners import CaseClocks

CODES = (COPY_RULE, AVAILABLE_RULE)


class PublicationClocks(CaseClocks):
    """An owner for deadlines.owners; its letters lead to the publication, or to the list where a case has several."""

    def moved(self, revisions: Sequence[ClockRevision], *, now: datetime) -> None:
        """A plan that moves tells its people itself, with all its dates (planning.follow_calendar, move_date)."""
        super().moved([each for each in revisions if each.clock.code != COPY_RULE], now=now)

    def path(self, reference: str) -> str:
        of_case = Q(practice_review__referral__reference=reference)
        found = Publication.objects.filter(of_case).select_related("practice_review")[:2]
        return found[0].get_absolute_url() if len(found) == 1 else reverse("publications:list")


OWNER = PublicationClocks(page="publications:list")
