"""What agencies returned, were late with, or knew nothing of. Invented, and written through the workflow."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from access_links.models import AccessLink
from agency_returns import workflow
from agency_returns.actors import Actor
from agency_returns.choices import ISSUES, Finding, Part
from agency_returns.models import InformationRequest
from agency_returns.states import Status
from agency_returns.workflow import Wanted
from chronology.choices import Seen
from chronology.facts import RowFacts
from chronology.workflow import add_row
from demo.days import Days
from demo.people import DOMAIN, Cast
from rapid_reviews.models import RapidReview
from referrals.choices import Precision

ASKED, ANSWERED, SIGNED = 1, 4, 5  # working days after the notification
MILESTONE = "rr-returns"
TEXTS: dict[Part, tuple[str, Finding | str]] = {
    Part.SUMMARY: ("We saw the family for two years, most often at their home. A colleague left in the spring.", ""),
    Part.LEGAL_STATUS: ("Child in need in the year before the incident; closed two months before it.", ""),
    Part.RISK: ("The missed appointments were seen one by one and never added up.", Finding.PARTLY),
    Part.SHARED: ("Our letter about the move went to one agency and not to the other two.", Finding.NO),
    Part.TIMELY: ("Visits were made within the days that our procedure sets.", Finding.YES),
    Part.SEEN: ("Seen at each visit; what the child showed was written down twice.", Finding.PARTLY),
    Part.EQUALITY: ("The record has no ethnicity. The worker did not ask.", Finding.NO),
    Part.GOOD_PRACTICE: ("A student noticed the change in weight and said so the same day.", ""),
    Part.LEARNING: ("Missed appointments are now listed by family, not by clinic.", ""),
}
# Months before the incident is known, what happened, whether the child was seen.
ROWS = (
    (22, "Home visit after the family moved in. The home was clean and cold.", Seen.YES),
    (13, "Appointment missed. A letter was sent.", Seen.NO),
    (12, "Second appointment missed. Nobody rang.", Seen.NO),
    (5, "Home visit. The child was quiet and stayed close to the door.", Seen.YES),
    (1, "Telephone call with a parent about a new address.", Seen.NO),
)


@dataclass
class Returner:
    """Asks the agencies of a case and lets each answer as far as wanted. Every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    def ask(self, review: RapidReview, *short_names: str) -> None:
        """Ask these agencies on the first day, for the milestone "returns due"."""
        now = self._at(review, ASKED)
        due_on = max(review.clock.milestone_clocks.get(code=MILESTONE).due_on, now.date())
        incident_on = review.referral.incident_on or now.date()
        wanted = Wanted(due_on=due_on, period_from=incident_on - timedelta(days=730), period_to=incident_on)
        agencies = [self.cast.agencies[name] for name in short_names]
        workflow.ask(referral=review.referral, agencies=agencies, wanted=wanted, by=self.cast.business_manager, now=now)

    def answer(self, review: RapidReview, short_name: str, status: Status) -> None:
        """Take one agency's request to `status`."""
        request = review.referral.information_requests.select_related("agency").get(agency__short_name=short_name)
        by, now = Actor(request.lead_name, request.lead_address), self._at(review, ANSWERED)
        workflow.link_opened(AccessLink.objects.filter(subject=request.subject)[0], now)
        if status == Status.NO_INVOLVEMENT:
            workflow.declare_no_involvement(request=request, by=by, now=now)
        elif status == Status.STARTED:
            workflow.save_part(request=request, key=Part.SUMMARY, text=TEXTS[Part.SUMMARY][0], by=by, now=now)
            name = f"seen.{short_name.split()[0].lower()}@{DOMAIN}"
            workflow.hand_over(request=request, key=Part.SEEN, name="Cole Invented", address=name, by=by, now=now)
        elif status in (Status.SIGNING, Status.RETURNED):
            self._submit(review, request, by, now)
            if status == Status.RETURNED:
                self._sign(review, request)

    def _submit(self, review: RapidReview, request: InformationRequest, by: Actor, now: datetime) -> None:
        for part, (text, finding) in TEXTS.items():
            finding = finding if part in ISSUES else ""
            workflow.save_part(request=request, key=part, text=text, finding=finding, by=by, now=now)
        until = review.referral.incident_on or now.date()
        version = workflow.begin(request=request, by=by, now=now)
        for months, event, seen in ROWS:
            facts = RowFacts(
                happened_on=_before(until, months), precision=Precision.ABOUT, event=event, source="Case record",
                who="A practitioner of the agency", child_seen=seen,
            )  # fmt: skip
            add_row(
                referral=review.referral, agency=request.agency, facts=facts, by=None,
                by_label=by.label(request.agency), source_key=version.source_key, release=False, now=now,
            )  # fmt: skip
        workflow.submit(
            request=request, signer_name=f"Sen Invented ({request.agency.short_name})",
            signer_address=request.lead_address.replace("safeguarding.", "senior."), by=by, now=now,
        )  # fmt: skip

    def _sign(self, review: RapidReview, request: InformationRequest) -> None:
        version = request.versions.get()
        signer = Actor(version.signer_name, version.signer_address)
        workflow.sign_off(version=version, by=signer, now=self._at(review, SIGNED))

    def _at(self, review: RapidReview, number: int) -> datetime:
        return self.days.at(self.days.after(review.clock.trigger_on, number), 13 + min(number, 4))

    def under_way(self, review: RapidReview) -> None:
        """A case with a return in every state; one involved agency has no safeguarding lead yet."""
        states = {
            "Education": None,
            "Early Years": Status.OPENED,
            "Hospitals": Status.STARTED,
            "Children's Services": Status.SIGNING,
            "Community Health": Status.RETURNED,
            "Youth Justice": Status.NO_INVOLVEMENT,
        }
        self.ask(review, *states)
        for name, status in states.items():
            if status is not None:
                self.answer(review, name, status)

    def nearly_in(self, review: RapidReview) -> None:
        """All but one have answered; that one is late."""
        self.ask(review, "Children's Services", "Community Health", "Police")
        self.answer(review, "Children's Services", Status.RETURNED)
        self.answer(review, "Police", Status.NO_INVOLVEMENT)


def _before(day: date, months: int) -> date:
    return day - timedelta(days=30 * months)
