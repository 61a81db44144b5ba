"""A case's facts as rows of a summary list, for "check your answers" and the information page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from panel.models import Agency
from referrals.choices import Kind, Nature, Precision
from referrals.models import Child, InvolvedAgency, OutsideReferral, Referral, RelatedPerson

FORMATS = {Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}
EMPTY = "Not recorded"
SNAPSHOT_LABELS = {
    "sex": "Sex",
    "gender_identity": "Gender identity",
    "ethnicity": "Ethnicity",
    "ethnicity_reason": "Why the ethnicity was not known",
    "disability": "Disability or health needs",
    "disability_details": "Which disability or health needs",
    "disability_reason": "Why disability and health needs were not known",
    "religion": "Religion or belief",
    "first_language": "First language",
    "legal_status": "Legal status at the incident",
    "plan_category": "Category of the plan",
    "care_section": "Looked after under",
    "placement": "Where the child lived",
}


@dataclass(frozen=True)
class Row:
    """One line: `value` may hold several paragraphs. `change` is where it is changed, on a draft."""

    label: str
    value: str
    is_empty: bool = False


def row(label: str, value: Any) -> Row:
    text = f"{value:%-d %B %Y}" if isinstance(value, date) else str(value or "").strip()
    return Row(label, text or EMPTY, not text)


def incident_date(referral: Referral) -> str:
    """ "2 November 2026 at 14:30", "about 2 November 2026", "November 2026", "2026"."""
    day, precision = referral.incident_on, Precision(referral.incident_precision)
    if day is None:
        return ""
    if precision in FORMATS:
        return day.strftime(FORMATS[precision])
    time = f" at {referral.incident_time:%H:%M}" if referral.incident_time else ""
    return f"{'about ' if precision == Precision.ABOUT else ''}{day:%-d %B %Y}{time}"


def incident_rows(referral: Referral) -> list[Row]:
    harms = [str(harm.harm_type) for harm in referral.suspected_harms.all()]
    return [
        row("Kind", referral.get_kind_display()),
        row("Nature", referral.get_nature_display()),
        row("When", incident_date(referral)),
        row("Place", referral.get_place_type_display()),
        row("Local authority area", referral.la_area),
        row("Suspected harm", ", ".join([*harms, *([referral.harm_other] if referral.harm_other else [])])),
        row("Brief circumstances", referral.circumstances),
        row("Media interest", _with(referral.get_media_interest_display(), referral.media_details)),
        row(
            "Police, court or coroner’s proceedings",
            _with(referral.get_legal_interest_display(), referral.legal_details),
        ),
    ]


def date_rows(referral: Referral) -> list[Row]:
    rows = [
        row("Partnership aware", referral.partnership_aware_on),
        row("Local authority aware", referral.la_aware_on),
    ]
    if referral.kind == Kind.SIN or referral.notified_on:
        rows += [
            row("Notification sent to the national Panel", referral.notified_on),
            row("Reference of the notification", referral.sin_reference),
            row("Safeguarding Partners informed", referral.partners_informed_on),
            row("Copy received", referral.copy_received_on),
        ]
    if referral.regulators_told_on:
        rows.append(row("Secretary of State and Ofsted told", referral.regulators_told_on))
    if referral.late_reason:
        rows.append(row("Why something was late", _with(referral.late_reason, f"Told: {referral.late_told}")))
    return rows


def child_rows(child: Child, referral: Referral, *, names: bool) -> list[Row]:
    """What is known of a child; without the right to names its age, but no date of birth and no school."""
    rows = _identity(child) if names else []
    age = child.age_on(referral.incident_on)
    about = referral.incident_precision != Precision.EXACT and age and not child.is_unborn
    rows.append(row("Age at the incident", f"about {age}" if about else age))
    known_to = [str(known.involved_agency.agency) for known in child.known_to.all()]
    unknown = [child.ethnicity_reason, child.disability_reason]
    rows += [
        row("What happened", child.get_outcome_display()),
        row("Sex", child.get_sex_display()),
        row("Gender identity", child.gender_identity or "Same as sex, or not recorded"),
        row("Ethnicity", _with(child.get_ethnicity_display(), unknown[0])),
        row(
            "Disability or health needs", _with(child.get_disability_display(), child.disability_details or unknown[1])
        ),
        row("Religion or belief", child.religion),
        row("First language", child.first_language),
        row("Legal status at the incident", _legal(child)),
        row("Where the child lived", child.get_placement_display()),
        *([row("School or setting", child.school)] if names else []),
        row("Known to", ", ".join(known_to)),
    ]
    return rows


def people_rows(referral: Referral, *, names: bool) -> list[tuple[RelatedPerson, list[Row]]]:
    """Each parent, carer, sibling and other person; without the right to names no name and no date of birth."""
    people = referral.people.order_by("position").prefetch_related("relations__child")
    return [(person, person_rows(person, referral, names=names)) for person in people]


def person_rows(person: RelatedPerson, referral: Referral, *, names: bool) -> list[Row]:
    children = [relation.child for relation in person.relations.all()]
    named = [child.name or str(child) if names and not child.pseudonym else str(child) for child in children]
    identity = [
        row("Name", person.name or "Not known"),
        *([row("Other names", person.other_names)] if person.other_names else []),
        row("Date of birth", person.date_of_birth or "Not known"),
    ]
    return [
        *(identity if names else []),
        row("Role", person.role_words),
        row("To", ", ".join(named) or "None of the children"),
        *([row("Age at the incident", person.age_on(referral.incident_on))] if person.date_of_birth else []),
        row("Lived with the children", person.get_lives_with_display()),
        *([row("Also known", person.details)] if person.details else []),
    ]


def referrer_rows(referral: Referral, *, names: bool = True) -> list[Row]:
    """Who refers: a professional, so their name is not a child's; nothing for a notification."""
    if referral.kind != Kind.REFERRAL:
        return []
    rows = [row("Agency", referral.referring_agency)]
    if referral.is_from_outside:
        rows.insert(0, row("Came in", "From outside, by the form for professionals without an account"))
    return [*rows, row("Who", referral.referrer_name), row("Work e-mail", referral.referrer_address)] if names else rows


def outside_you(outside: OutsideReferral) -> list[Row]:
    you = outside.part("you")
    return [
        row("Name", you.get("name")),
        row("Job", you.get("job_title")),
        row("Agency", outside.agency),
        row("Work e-mail", outside.address),
    ]


def outside_incident(outside: OutsideReferral) -> list[Row]:
    """What was written of the incident so far; dates stand there as text."""
    facts = outside.part("incident")
    nature, day = facts.get("nature"), facts.get("incident_on")
    return [
        row("What happened", Nature(nature).label if nature else ""),
        row("When", date.fromisoformat(day) if day else ""),
        row("In brief", facts.get("circumstances")),
        row("Why the Panel should consider it", facts.get("why")),
    ]


def outside_agencies(outside: OutsideReferral) -> list[Row]:
    facts = outside.part("agencies")
    named = Agency.objects.filter(pk__in=facts.get("agencies", [])).order_by("name")
    names = "\n".join(agency.name for agency in named)
    return [
        row("Agencies involved", "Not known" if facts.get("not_known") else names),
        row("Others, in words", facts.get("other")),
    ]


def changed_since(child: Child) -> list[Row]:
    """What stands in the notified snapshot where it differs from what is known now."""
    notified = child.snapshot or {}
    found = []
    for name, label in SNAPSHOT_LABELS.items():
        if name not in notified:
            continue
        display = getattr(child, f"get_{name}_display", None)
        if notified[name] != (display() if display else getattr(child, name)):
            found.append(row(label, notified[name]))
    return found


def _identity(child: Child) -> list[Row]:
    born = (
        row("Expected date of delivery", child.expected_on)
        if child.is_unborn
        else row("Date of birth", child.date_of_birth)
    )
    return [
        row("Name", child.name or "Unborn, no name"),
        row("Other names", child.other_names or "None recorded"),
        born,
    ]


def _legal(child: Child) -> str:
    detail = child.get_plan_category_display() or child.get_care_section_display()
    return _with(child.get_legal_status_display(), detail)


def agency_rows(involved: Iterable[InvolvedAgency], referral: Referral) -> list[Row]:
    if referral.no_agency_involved:
        return [row("Agencies", "No agency was involved")]
    return [row(str(one.agency), one.involvement or "Involved; no more is said") for one in involved]


def _with(first: str, second: str) -> str:
    return f"{first}\n{second}" if first and second else first
