"""The task list of a draft: what each part still lacks. Derived from the facts, so a status can never be stale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deadlines.explain import compute
from deadlines.models import Rule
from deadlines.working_days import WorkingCalendar
from referrals.choices import Ethnicity, Kind, LegalStatus, Outcome, YesNoUnknown
from referrals.models import Child, Referral

NOTIFY, INFORM, LOOKED_AFTER = "notify-national-panel", "inform-partners", "looked-after-death"

# What a part must hold before the case can be recorded, with the words that ask for it.
INCIDENT = {
    "nature": "Select the nature of the incident",
    "incident_on": "Enter the date of the incident",
    "place_type": "Select the type of place",
    "la_area": "Enter the local authority area",
    "circumstances": "Enter the brief circumstances",
    "media_interest": "Select whether there is media interest",
    "legal_interest": "Select whether there are police, court or coroner’s proceedings",
}
HARM_TYPES = "Select at least one suspected harm type"
CHILD = {
    "outcome": "Select what happened to this child",
    "sex": "Select the child’s sex",
    "ethnicity": "Select the child’s ethnicity",
    "disability": "Select whether the child has a disability or health needs",
    "legal_status": "Select the child’s legal status at the incident",
    "placement": "Select where the child lived",
}
FOLLOW_UPS = (
    ("ethnicity", Ethnicity.NOT_KNOWN, "ethnicity_reason", "Say why the ethnicity is not known"),
    ("disability", YesNoUnknown.YES, "disability_details", "Describe the disability or health needs"),
    (
        "disability",
        YesNoUnknown.NOT_KNOWN,
        "disability_reason",
        "Say why disability and health needs are not known",
    ),
    (
        "legal_status",
        LegalStatus.CHILD_PROTECTION,
        "plan_category",
        "Select the category of the child protection plan",
    ),
    (
        "legal_status",
        LegalStatus.LOOKED_AFTER,
        "care_section",
        "Select the section under which the child was looked after",
    ),
)


@dataclass(frozen=True)
class Section:
    """One line of the task list. `waits_for` says why it cannot start yet."""

    code: str
    title: str
    missing: list[str] = field(default_factory=list)
    is_started: bool = False
    waits_for: str = ""
    is_optional: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.waits_for

    @property
    def status(self) -> str:
        if self.waits_for:
            return "Cannot start yet"
        if self.is_optional and not self.is_started:
            return "Optional"
        if self.is_complete:
            return "Completed"
        return "In progress" if self.is_started else "Not started"


def missing_facts(facts: Mapping[str, Any]) -> dict[str, str]:
    """What is missing about one child, by field, with the words that ask for it."""
    wanted = {name: text for name, text in CHILD.items() if not facts.get(name)}
    if facts.get("is_unborn"):
        wanted |= {} if facts.get("expected_on") else {"expected_on": "Enter the expected date of delivery"}
    else:
        wanted |= {} if facts.get("name") else {"name": "Enter the child’s full name"}
        wanted |= {} if facts.get("date_of_birth") else {"date_of_birth": "Enter the date of birth"}
    for name, value, detail, text in FOLLOW_UPS:
        if facts.get(name) == value and not facts.get(detail):
            wanted[detail] = text
    return wanted


def missing_of_child(child: Child) -> list[str]:
    return list(missing_facts(vars(child)).values())


def late_dates(referral: Referral, children: Iterable[Child], calendar: WorkingCalendar) -> list[str]:
    """Which of the dates typed lie after their limit, each in words."""
    if referral.la_aware_on is None:
        return []
    asked = [
        (NOTIFY, referral.notified_on, "the notification to the national Panel"),
        (INFORM, referral.partners_informed_on, "informing the Safeguarding Partners"),
    ]
    if looked_after_child_died(children):
        asked.append((LOOKED_AFTER, referral.regulators_told_on, "telling the Secretary of State and Ofsted"))
    return [
        words for code, done_on, words in asked if done_on and done_on > limit(code, referral.la_aware_on, calendar)
    ]


def limit(code: str, trigger: date, calendar: WorkingCalendar) -> date:
    """The last day in time for the limit `code` counted from `trigger`."""
    return compute(Rule.objects.for_trigger(code, trigger), trigger, calendar).due


def looked_after_child_died(children: Iterable[Child]) -> bool:
    return any(child.outcome == Outcome.DIED and child.was_looked_after for child in children)


def _incident(draft: Referral, has_harm: bool) -> Section:
    missing = [text for name, text in INCIDENT.items() if not getattr(draft, name)]
    if not has_harm:
        missing.append(HARM_TYPES)
    names = [name for name in INCIDENT if name != "la_area"]  # filled in for you
    started = has_harm or any(getattr(draft, name) for name in names)
    return Section("incident", "The incident", missing, started)


def _children(children: list[Child]) -> Section:
    missing = [text for child in children for text in missing_of_child(child)]
    if not children:
        missing.append("Add at least one child")
    elif not any(child.is_index for child in children):
        missing.append("Say which child is the index child")
    return Section("children", "Children", missing, bool(children))


def _dates(draft: Referral, children: list[Child], calendar: WorkingCalendar) -> Section:
    missing = []
    if draft.partnership_aware_on is None:
        missing.append("Enter the date on which the partnership became aware")
    if draft.kind == Kind.SIN and draft.la_aware_on is None:
        missing.append("Enter the date on which the local authority became aware")
    if late_dates(draft, children, calendar):
        if not draft.late_reason:
            missing.append("Say why it was late")
        if not draft.late_told:
            missing.append("Say who was told that it was late")
    return Section("dates", "Dates", missing, bool(draft.partnership_aware_on or draft.la_aware_on))


def _agencies(draft: Referral, number: int, has_children: bool) -> Section:
    missing = [] if number or draft.no_agency_involved else ["Add an agency, or say that none was involved"]
    waits_for = "" if has_children else "Add a child first: each agency is asked which child it knew."
    return Section("agencies", "Agencies involved", missing, bool(number), waits_for)


def _people(draft: Referral, has_children: bool) -> Section:
    """Parents, carers, siblings and others. Nobody may be known, so none is demanded."""
    waits_for = "" if has_children else "Add a child first: each person is asked about by child."
    started = draft.people.exists()
    return Section("people", "Parents, carers and other people", [], started, waits_for, is_optional=True)


def _referrer(draft: Referral) -> list[Section]:
    if draft.kind != Kind.REFERRAL:
        return []
    return [Section("referrer", "Who refers", [], bool(draft.referring_agency_id), is_optional=True)]


def task_list(draft: Referral, calendar: WorkingCalendar) -> list[Section]:
    """The parts of a draft in their order, the last being "check": four queries."""
    children = list(draft.children.all())
    parts = [
        _incident(draft, draft.suspected_harms.exists()),
        _children(children),
        _people(draft, bool(children)),
        _dates(draft, children, calendar),
        _agencies(draft, draft.involved_agencies.count(), bool(children)),
        *_referrer(draft),
        Section("lead", "Lead", [] if draft.lead_id else ["Select who leads this case"], bool(draft.lead_id)),
    ]
    waits_for = (
        "" if all(part.is_complete for part in parts if not part.is_optional) else "Complete the parts above first."
    )
    return [*parts, Section("check", "Check your answers and record", [], False, waits_for)]


def missing(draft: Referral, calendar: WorkingCalendar) -> list[str]:
    """Everything that keeps a draft from being recorded."""
    return [text for part in task_list(draft, calendar) for text in part.missing]
