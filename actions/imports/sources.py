"""Where a row comes from, from the words of its columns Source, Case and Meeting date."""

import re
from datetime import date
from typing import Any

from actions.choices import Source
from chronology.imports.dates import read_date
from chronology.imports.faults import CellFaultError
from rapid_reviews.models import RapidReview
from referrals.models import Referral

_LABELLED = re.compile(r"^(practice|other) review:\s*(.+)$", re.IGNORECASE)
_DATED = re.compile(
    r"^(.*?)[,:]?\s*(?:of\s+)?(\d{1,2}(?:[/.\-]\d{1,2}[/.\-]\d{4}|(?:st|nd|rd|th)?\s+[a-z]+\s+\d{4}))$", re.IGNORECASE
)
_MEETING = re.compile(r"\b(meeting|panel|executive|exec|board|sub-?group|forum)\b", re.IGNORECASE)
_PRACTICE = re.compile(r"\b(l?cspr|practice review|scr|serious case review)\b", re.IGNORECASE)
_RAPID = re.compile(r"\b(rapid review|rr)\b", re.IGNORECASE)


class Cases:
    """The cases that the person who imports may see, by reference, with their rapid reviews. Two queries."""

    def __init__(self, user: Any, prefix: str) -> None:
        visible = Referral.objects.visible_to(user).recorded()
        self.by_reference = {case.reference: case.pk for case in visible.only("pk", "reference")}
        reviews = RapidReview.objects.visible_to(user).values_list("referral__reference", "pk")
        self.reviews: dict[str, int] = dict(reviews)
        self._pattern = re.compile(rf"\b{re.escape(prefix)}-\d{{4}}-\d{{3,6}}\b", re.IGNORECASE)

    def named_in(self, text: str) -> str:
        """The reference in a text, "" where there is none; a fault where this person sees no such case."""
        found = self._pattern.search(text)
        if found is None:
            return ""
        reference = found[0].upper()
        if reference not in self.by_reference:
            raise CellFaultError(f"You see no case {reference}.", "Correct the reference, or name the review in words.")
        return reference

    def without(self, text: str) -> str:
        return self._pattern.sub("", text).strip(" ,;:–-")


def source_of(said: str, case_said: str, met_on: date | None, rest: str, cases: Cases) -> dict[str, Any]:
    """{"source", "case", "other_review", "meeting_on", "meeting"}: one source, and the case where one is named."""
    case = cases.named_in(case_said) or cases.named_in(said)
    words = said or ("" if case else case_said) or ("" if case else rest)
    found = {"source": "", "case": case, "other_review": "", "meeting_on": "", "meeting": ""}
    plain = cases.without(words)
    if case and (not plain or _RAPID.search(plain)):
        if case not in cases.reviews:
            raise CellFaultError(
                f"{case} has no rapid review.", "Name the review or meeting that the action comes from."
            )
        return found | {"source": Source.RAPID_REVIEW}
    if not words:
        raise CellFaultError("Nothing says where the action comes from.", "Name the review or the meeting.")
    labelled = _LABELLED.match(words)
    if labelled:
        kind = Source.PRACTICE_REVIEW if labelled[1].casefold() == "practice" else Source.OTHER_REVIEW
        return found | {"source": kind, "other_review": _short(labelled[2])}
    meeting = _meeting(words, met_on)
    if meeting:
        return found | meeting
    kind = Source.PRACTICE_REVIEW if _PRACTICE.search(plain) and not _RAPID.search(plain) else Source.OTHER_REVIEW
    return found | {"source": kind, "other_review": _short(words)}


def _meeting(words: str, met_on: date | None) -> dict[str, Any]:
    """A meeting with its day; {} for what is none."""
    dated = _DATED.match(words)
    name = dated[1].strip() if dated else words
    if not _MEETING.search(name) or _PRACTICE.search(name):
        return {}
    day = read_date(dated[2])[0] if dated else met_on
    if day is None:
        raise CellFaultError(
            f"“{words[:60]}” is a meeting without a date.", "Write its day: Panel meeting, 12 March 2026."
        )
    return {"source": Source.MEETING, "meeting": _short(name), "meeting_on": day.isoformat()}


def _short(words: str) -> str:
    if len(words) > 200:
        raise CellFaultError("The source holds more than 200 characters.", "Shorten it.")
    return words
