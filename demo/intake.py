"""What the referrals' stories add to the cases: people round the children, linked cases, a child who was met before."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from demo.days import Days
from demo.people import Cast
from panel.models import Agency, User
from referrals import workflow
from referrals.choices import LinkKind, PersonRole, Route, YesNoUnknown
from referrals.models import Referral

# By the story's key: role, name, age in years (None: not known), did they live with the children?
FAMILIES: dict[str, tuple[tuple[PersonRole, str, int | None, YesNoUnknown], ...]] = {
    "recorded": (
        (PersonRole.MOTHER, "Marigold Pretend", 27, YesNoUnknown.YES),
        (PersonRole.STEP_PARENT, "Basil Pretend", None, YesNoUnknown.NOT_KNOWN),
    ),
    "accepted": (
        (PersonRole.MOTHER, "Poppy Pretend", 22, YesNoUnknown.YES),
        (PersonRole.FATHER, "Ash Pretend", 24, YesNoUnknown.NO),
        (PersonRole.SIBLING, "Fern Invented", 3, YesNoUnknown.YES),
    ),
    "late": ((PersonRole.MOTHER, "Marigold Pretend", 27, YesNoUnknown.YES),),
    "drafting": (
        (PersonRole.MOTHER, "Iris Pretend", 31, YesNoUnknown.YES),
        (PersonRole.ALLEGED, "", None, YesNoUnknown.YES),
    ),
}


class Families:
    """Fills in what the cases lack, through the workflow, on the day on which each was recorded."""

    def __init__(self, cast: Cast, days: Days) -> None:
        self.cast, self.days = cast, days
        self.cases: dict[str, Referral] = {}

    def gather(self, key: str, case: Referral) -> Referral:
        """Record the family of a story's case."""
        self.cases[key] = case
        now = self.days.at(case.recorded_at.date() if case.recorded_at else self.days.today, 10)
        for role, name, years, lives_with in FAMILIES.get(key, ()):
            facts = {
                "role": role,
                "name": name,
                "date_of_birth": _born(case.incident_on, years),
                "lives_with": lives_with,
            }
            self._add(case, facts, by=self.cast.business_manager, now=now)
        return case

    def finish(self) -> None:
        """What needs several cases, once all of them are there."""
        self.link(self.cases["accepted"], self.cases["drafting"])
        self.correct(self.cases["recorded"])
        self.from_outside()

    def _add(self, case: Referral, facts: dict[str, Any], *, by: User, now: datetime) -> None:
        workflow.save_person(
            referral=case, key=uuid.uuid4(), facts=facts, children=case.children.all(), by=by, now=now
        )  # fmt: skip

    def link(self, one: Referral, other: Referral) -> None:
        """Two cases in which agencies missed the same thing."""
        workflow.link_cases(
            referral=one, other=other, kind=LinkKind.THEME, by=self.cast.chair, now=self.days.at(self.days.ago(1), 15),
            reason="In both, an injury to a baby was first taken for an accident.",
        )  # fmt: skip

    def correct(self, case: Referral) -> None:
        """What became known of a child after the case was recorded."""
        child = case.children.order_by("position")[0]
        workflow.correct_child(
            child=child, facts={"religion": "Quaker", "first_language": "English"}, by=self.cast.business_manager,
            reason="The school answered the request for information.", now=self.days.at(self.days.today, 9),
        )  # fmt: skip

    def from_outside(self) -> Referral:
        """A referral by the form for professionals, about a child of an earlier case under another spelling."""
        now = self.days.at(self.days.today, 8)
        outside = workflow.begin_outside(address="ira.invented@hospitals.example", now=now)
        parts: dict[str, dict[str, Any]] = {
            "you": {"name": "Ira Invented", "job_title": "Named Doctor"},
            "incident": {
                "nature": "serious_harm",
                "incident_on": self.days.ago(3),
                "circumstances": "The child came to the hospital a second time, with a burn that nobody could explain.",
                "why": "Three services had seen the child since the first time, and none knew of the others.",
            },
            "agencies": {
                "agencies": [str(pk) for pk in Agency.objects.order_by("name").values_list("pk", flat=True)[:2]],
                "other": "A youth club",
                "not_known": False,
            },
            f"child:{uuid.uuid4()}": {
                "is_unborn": False,
                "name": "Robyn Invented",
                "date_of_birth": self._same_birthday(),
                "outcome": "harmed",
            },
        }
        for part, facts in parts.items():
            workflow.save_outside(outside=outside, part=part, facts=facts, now=now)
        workflow.turn_away_outside(route=Route.COMPLAINT, now=now - timedelta(days=4), key=uuid.uuid4())
        return workflow.send_outside(outside=outside, now=now)

    def _same_birthday(self) -> date | None:
        earlier = Referral.objects.get(children__name="Robin Invented")
        born: date | None = earlier.children.get(name="Robin Invented").date_of_birth
        return born


def _born(incident_on: date | None, years: int | None) -> date | None:
    return incident_on - relativedelta(years=years, days=40) if incident_on and years else None
