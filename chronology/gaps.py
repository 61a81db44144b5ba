"""How long a child was seen by nobody, and by each agency that had seen the child before."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

from chronology.choices import FindingKind, Seen
from chronology.identity import Found, digest
from chronology.models import Row
from panel.models import Agency
from referrals.choices import Precision
from referrals.models import Child, Referral

Contact = tuple[date, int, int | None]  # day, row, agency
WITH_A_DAY = (Precision.EXACT, Precision.ABOUT)


def findings(referral: Referral, gap_days: int) -> Iterator[Found]:
    """One query per child for the days on which it was seen; a gap is `gap_days` or more between two of them.

    The time from the last contact to the incident counts too. Dates that are only a month or a year count for nothing.
    """
    agencies = Agency.objects.in_bulk()
    incident = referral.incident_on if referral.incident_precision in WITH_A_DAY else None
    for child in Child.objects.filter(referral=referral).order_by("position"):
        seen = (
            Row.objects.filter(referral=referral, child_seen=Seen.YES, precision__in=WITH_A_DAY)
            .merged()
            .about(child)
            .order_by("order", "pk")
        )
        contacts = list(seen.values_list("happened_on", "pk", "agency_id"))
        for start, end, days in between(contacts, incident, gap_days):
            yield _gap(child, None, start, end, days)
        by_agency = sorted((c for c in contacts if c[2] is not None), key=lambda contact: (contact[2], contact[0]))
        for key, own in groupby(by_agency, key=lambda contact: contact[2]):
            for start, end, days in between(list(own), incident, gap_days):
                yield _gap(child, agencies[key], start, end, days)


def between(
    contacts: Iterable[Contact], incident: date | None, gap_days: int
) -> Iterator[tuple[Contact, Contact | date, int]]:
    """(last contact before, first contact after or the incident, days from one to the other) for each gap."""
    contacts = list(contacts)
    for before, after in pairwise(contacts):
        if incident is not None and before[0] < incident < after[0]:
            end: Contact | date = incident
        else:
            end = after
        days = ((end if isinstance(end, date) else end[0]) - before[0]).days
        if days >= gap_days:
            yield before, end, days
    if contacts and incident is not None and (incident - contacts[-1][0]).days >= gap_days:
        yield contacts[-1], incident, (incident - contacts[-1][0]).days


def _gap(child: Child, agency: Agency | None, start: Contact, end: Contact | date, days: int) -> Found:
    until, at, other = (end, "the incident on ", None) if isinstance(end, date) else (end[0], "", end[1])
    subject = f"{agency.short_name} did not see {child}" if agency else f"No agency saw {child}"
    why = f"{subject} for {days} days: from {_said(start[0])} to {at}{_said(until)}."
    whose = agency.pk if agency else None
    identity = digest(FindingKind.GAP, child.pk, whose, start[0], until, other is None)
    return Found(FindingKind.GAP, child.pk, whose, start[1], other, start[0], until, days, why, identity)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
