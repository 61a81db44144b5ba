"""Which dates of a case cannot be true: asked by the forms, which show it at the field, and by the workflow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from referrals.choices import Precision

TITLES = {
    "incident_on": "the date of the incident",
    "partnership_aware_on": "the date on which the partnership became aware",
    "la_aware_on": "the date on which the local authority became aware",
    "notified_on": "the date of the notification",
    "partners_informed_on": "the date on which the partners were informed",
    "regulators_told_on": "the date on which the Secretary of State and Ofsted were told",
    "copy_received_on": "the date on which the copy was received",
}
ORDER = (
    ("incident_on", "partnership_aware_on"),
    ("incident_on", "la_aware_on"),
    ("la_aware_on", "notified_on"),
    ("la_aware_on", "partners_informed_on"),
    ("la_aware_on", "regulators_told_on"),
    ("notified_on", "copy_received_on"),
)


@dataclass(frozen=True)
class Fault:
    """A date that cannot be: the field, the other field it contradicts, and a sentence."""

    field: str
    other: str
    sentence: str


def faults(facts: Mapping[str, Any], *, today: date) -> Iterator[Fault]:
    """What contradicts itself or lies in the future in `facts`, which holds the names in TITLES.

    An incident "about" a date may lie after another; one in a month or year is held by its first day.
    """
    for name, title in TITLES.items():
        if facts.get(name) and facts[name] > today:
            yield Fault(name, "", f"{_start(title)} cannot be in the future")
    for first, then in ORDER:
        if first == "incident_on" and facts.get("incident_precision") == Precision.ABOUT:
            continue
        before, after = facts.get(first), facts.get(then)
        if before and after and after < before:
            sentence = f"{_start(TITLES[then])} cannot be before {TITLES[first]}, {before:%-d %B %Y}"
            yield Fault(then, first, sentence)


def _start(title: str) -> str:
    return title[:1].upper() + title[1:]
