"""Before anybody is asked: which agencies, who is their safeguarding lead, by when. Reads only."""

from dataclasses import dataclass
from datetime import date

from deadlines.models import Clock
from deadlines.working_days import WorkingCalendar
from panel.models import Agency
from referrals.models import ConflictOfInterest, Referral

MILESTONE = "rr-returns"
DAYS = 7  # working days, where no rapid review's milestone says otherwise: local practice, to be confirmed


@dataclass(frozen=True)
class Asked:
    """One involved agency that was not asked yet."""

    agency: Agency
    why_not: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.why_not


def agencies_of(referral: Referral, today: date) -> list[Asked]:
    """The involved agencies that were not asked yet, each with what stands in the way. Two queries."""
    walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral=referral)
    walled = {email.lower() for email in walls.values_list("member__email", flat=True)}
    involved = Agency.objects.filter(involvements__referral=referral).exclude(information_requests__referral=referral)
    return [Asked(agency, _why_not(agency, walled)) for agency in involved.order_by("name")]


def _why_not(agency: Agency, walled: set[str]) -> str:
    if not agency.safeguarding_lead or not agency.safeguarding_address:
        return "No safeguarding lead is known"
    if agency.safeguarding_address.lower() in walled:
        return "The safeguarding lead has a conflict of interest in this case"
    return ""


def due_on(referral: Referral, today: date, calendar: WorkingCalendar) -> date:
    """The rapid review's milestone "returns due" while it lies ahead, else some working days from today."""
    milestone = Clock.objects.running().filter(code=MILESTONE, label=referral.reference).order_by("-pk").first()
    if milestone is not None and milestone.due_on >= today:
        found: date = milestone.due_on
        return found
    return calendar.forward(today, DAYS)
