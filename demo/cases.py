"""Invented cases, written through the workflow: drafted part by part, recorded, screened, walled and opened up."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from demo.days import Days
from demo.people import Cast
from demo.stories import Kid, Story
from panel.models import User
from referrals import workflow
from referrals.choices import (
    AbuseOrNeglect,
    CareSection,
    ConflictKind,
    Decision,
    HarmTest,
    Kind,
    LegalStatus,
    Outcome,
    Placement,
    Route,
    Whereabouts,
    YesNoUnknown,
)
from referrals.models import HarmType, Referral

MET: dict[str, str] = {
    "abuse": AbuseOrNeglect.SUSPECTED,
    "abuse_reasons": "What was found is not explained by the account given.",
    "harm": HarmTest.HARMED,
    "harm_reasons": "The harm is serious as Working Together defines it.",
    "whereabouts": Whereabouts.IN_AREA,
    "single_agency": YesNoUnknown.NO,
    "no_agency": YesNoUnknown.NO,
    "several_areas": YesNoUnknown.YES,
    "several_areas_reasons": "The family moved here from another area six months before.",
    "institution": YesNoUnknown.NO,
    "reasons": "Abuse or neglect is suspected, and a child was seriously harmed in the area.",
}
NEITHER: dict[str, str] = MET | {
    "abuse": AbuseOrNeglect.NEITHER,
    "abuse_reasons": "Nothing suggests abuse or neglect by anybody who cared for the child.",
    "harm": HarmTest.NEITHER,
    "harm_reasons": "The child was not seriously harmed.",
    "reasons": "Neither part of the test is met.",
}
MORE: dict[str, str] = {
    "reasons": "The hospital's opinion decides whether the harm was serious.",
    "information_wanted": "The paediatrician's written opinion, from Exampleshire Hospitals Trust.",
}
PANEL: dict[str, str] = {"reasons": "The test is not met, but the Panel can learn from how agencies worked together."}
COMPLAINT: dict[str, str] = {
    "route": Route.COMPLAINT,
    "reasons": "This is about how a service answered a letter. Its complaints process is the right route.",
}


@dataclass
class Intake:
    """Writes the invented cases. Every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    def record(self, story: Story) -> Referral:
        """The case of a story, recorded on its day by the business manager."""
        by, now = self.cast.business_manager, self.days.at(story.recorded_on, 9)
        draft = workflow.start_draft(kind=story.kind, by=by, now=now)
        self._incident(draft, story, by=by, now=now)
        children = [
            workflow.save_child(
                draft=draft, key=uuid.uuid4(), facts=self._child(kid, story.recorded_on), by=by, now=now
            )
            for kid in story.kids
        ]
        workflow.save_dates(draft=draft, facts=self._dates(story), by=by, now=now)
        for short_name in story.agencies:
            workflow.save_agency(
                draft=draft, agency=self.cast.agencies[short_name], involvement="Known to the service for a year.",
                children=children, by=by, now=now,
            )  # fmt: skip
        workflow.save_lead(draft=draft, lead=self.cast.users[story.lead], by=by, now=now)
        return workflow.record_referral(draft=draft, by=by, now=now)

    def half_a_draft(self, by: User, kind: Kind) -> Referral:
        """A draft that somebody began yesterday and left."""
        now = self.days.at(self.days.ago(1), 16)
        draft = workflow.start_draft(kind=kind, by=by, now=now)
        child: dict[str, Any] = {"name": "Rex Invented", "outcome": Outcome.HARMED}
        workflow.save_child(draft=draft, key=uuid.uuid4(), facts=child, by=by, now=now)
        return draft

    def _incident(self, draft: Referral, story: Story, *, by: User, now: datetime) -> None:
        facts = {
            "nature": story.nature,
            "incident_on": self._incident_on(story.recorded_on),
            "place_type": story.place,
            "circumstances": story.circumstances,
            "media_interest": YesNoUnknown.NO,
            "legal_interest": YesNoUnknown.NOT_KNOWN,
        }
        harms = HarmType.objects.filter(name=story.harm)
        workflow.save_incident(draft=draft, facts=facts, harm_types=harms, by=by, now=now)

    def _incident_on(self, recorded_on: date) -> date:
        """The day before the local authority became aware."""
        return self._aware_on(recorded_on) - timedelta(days=1)

    def _aware_on(self, recorded_on: date) -> date:
        return self.days.calendar.back(recorded_on, 2)

    def _dates(self, story: Story) -> dict[str, Any]:
        aware_on = self._aware_on(story.recorded_on)
        facts: dict[str, Any] = {"partnership_aware_on": aware_on, "la_aware_on": aware_on}
        if story.kind == Kind.SIN:
            sent_on = story.recorded_on
            facts |= {
                "notified_on": sent_on,
                "sin_reference": f"DEMO-{sent_on:%y%m%d}",
                "copy_received_on": sent_on,
                "partners_informed_on": sent_on,
            }
        if any(kid.legal_status == LegalStatus.LOOKED_AFTER for kid in story.kids):
            facts["regulators_told_on"] = story.recorded_on
        return facts

    def _child(self, kid: Kid, recorded_on: date) -> dict[str, Any]:
        looked_after = kid.legal_status == LegalStatus.LOOKED_AFTER
        return {
            "name": kid.name,
            "date_of_birth": self._incident_on(recorded_on) - relativedelta(months=kid.months, days=3),
            "outcome": kid.outcome,
            "sex": kid.sex,
            "ethnicity": kid.ethnicity,
            "disability": YesNoUnknown.NO,
            "legal_status": kid.legal_status,
            "care_section": CareSection.S20 if looked_after else "",
            "placement": Placement.FOSTER if looked_after else Placement.PARENTS,
        }

    def screen(self, referral: Referral, decision: Decision, *, on: date, **facts: str) -> Referral:
        """Screened by the chair on a day, by default with the test met."""
        wanted = MET | facts | {"decision": decision}
        if referral.children.filter(outcome=Outcome.DIED).exists():
            wanted |= {"harm": HarmTest.DIED}
        workflow.screen(referral=referral, facts=wanted, by=self.cast.chair, now=self.days.at(on, 11))
        referral.refresh_from_db()
        return referral

    def withdraw(self, referral: Referral, *, on: date) -> None:
        reason = "Recorded twice: the same incident came in from another agency."
        workflow.withdraw(referral=referral, reason=reason, by=self.cast.business_manager, now=self.days.at(on))

    def wall(self, referral: Referral, account: str, *, on: date) -> None:
        """Somebody manages a service under review: their named deputy acts."""
        workflow.record_conflict(
            referral=referral, member=self.cast.users[account], kind=ConflictKind.AGENCY,
            reason="Manages the team that is under review.", by=self.cast.chair, now=self.days.at(on, 13),
        )  # fmt: skip

    def invite(self, referral: Referral, account: str, *, on: date) -> None:
        workflow.invite(
            referral=referral, person=self.cast.users[account], purpose="To give the agency's view of the facts.",
            until_on=self.days.ahead(20), by=self.cast.business_manager, now=self.days.at(on, 14),
        )  # fmt: skip

    def turn_away(self, route: Route, *, on: date) -> None:
        workflow.turn_away(route=route, by=self.cast.users["education"], now=self.days.at(on))
