"""What of a chronology is shown: asked in the address, so that a filtered page can be bookmarked and exported."""

import re
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value

from chronology.choices import FindingKind
from chronology.imports.dates import read_date
from chronology.imports.faults import CellFaultError
from chronology.models import Finding, Row, RowQuerySet
from chronology.models.rows import TEXT, THE_PANEL
from chronology.names import People
from panel.models import Agency
from referrals.choices import Precision
from referrals.models import Referral

PANEL = "panel"
EPISODES = "episodes"
SHOW = [
    ("", "All rows"),
    (EPISODES, "Key practice episodes"),
    (FindingKind.DUPLICATE, "Likely duplicates"),
    ("contradictions", "Contradictions"),
]
LENGTHS = {Precision.MONTH: relativedelta(months=1), Precision.YEAR: relativedelta(years=1)}
KINDS = {FindingKind.DUPLICATE: [FindingKind.DUPLICATE], "contradictions": [FindingKind.SEEN, FindingKind.DATES]}


class TypedDateField(forms.CharField):
    """A date as the import reads it: 03/05/2020, May 2020 or 2020. With `is_end`, the last day of the month or year."""

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            day, precision, _ = read_date(int(text) if text.isdigit() else text)
        except CellFaultError as error:
            raise ValidationError(f"{self.label}: {error.wrong} {error.do}") from None
        if not self.is_end or precision not in LENGTHS:
            return day
        return day + LENGTHS[precision] - timedelta(days=1)


class TimelineFilter(forms.Form):
    """All fields may be empty. A field with a fault is told and does not filter."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    agency = forms.ChoiceField(label="Agency", required=False)
    child = forms.ChoiceField(label="Child", required=False)
    person = forms.CharField(label="Person involved", required=False, max_length=100)
    start = TypedDateField(label="From", required=False)
    end = TypedDateField(is_end=True, label="Until", required=False)
    show = forms.ChoiceField(label="Show", required=False, choices=SHOW)

    def __init__(self, data: Any, *, referral: Referral, people: People) -> None:
        super().__init__(data)
        self.referral, self.people = referral, people
        rows = Row.objects.filter(referral=referral, agency=OuterRef("pk")).merged()
        self.agencies = list(Agency.objects.filter(Exists(rows)).order_by("short_name"))
        choices = [(str(agency.pk), agency.short_name) for agency in self.agencies]
        self.fields["agency"].choices = [("", "All"), *choices, (PANEL, THE_PANEL)]  # type: ignore[attr-defined]
        children = [(str(child.pk), people.child(child)) for child in people.children]
        self.fields["child"].choices = [("", "All"), *children]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def as_asked(self) -> dict[str, str]:
        """What was asked, to be asked again later; what had a fault is left out."""
        return {name: str(self.data[name]) for name in sorted(self.wanted)}

    @property
    def is_filtered(self) -> bool:
        return bool(self.wanted)

    @property
    def words(self) -> str:
        """The filter in words, for the head of a PDF; what was typed is left out, since it may be a name."""
        typed = {"q", "person"}
        found = []
        for name, value in self.wanted.items():
            label = str(self.fields[name].label).lower()
            choices = dict(getattr(self.fields[name], "choices", []))
            said = f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(choices.get(value, ""))
            found.append(f"{label} filtered" if name in typed else f"{label}: {said}")
        return "; ".join(found)

    @property
    def agency_pk(self) -> int | None:
        agency = self.wanted.get("agency", "")
        return int(agency) if agency.isdigit() else None

    def rows(self, rows: RowQuerySet) -> RowQuerySet:
        """`rows` without what is filtered away."""
        wanted = self.wanted
        if agency := wanted.get("agency"):
            rows = rows.filter(agency=None if agency == PANEL else int(agency))
        if child := wanted.get("child"):
            rows = rows.about(next(one for one in self.people.children if one.pk == int(child)))
        if start := wanted.get("start"):
            rows = rows.filter(order__gte=int(f"{start:%Y%m%d}0000"))
        if end := wanted.get("end"):
            rows = rows.filter(order__lte=int(f"{end:%Y%m%d}2359"))
        return self._words(self._shown(rows))

    def _shown(self, rows: RowQuerySet) -> RowQuerySet:
        show = self.wanted.get("show")
        if show == EPISODES:
            return rows.filter(is_key_episode=True)
        if show not in KINDS:
            return rows
        found = Finding.objects.filter(kind__in=KINDS[show], dismissal__isnull=True)
        as_first, as_other = found.filter(row=OuterRef("pk")), found.filter(other=OuterRef("pk"))
        return rows.filter(Q(Exists(as_first)) | Q(Exists(as_other)))

    def _words(self, rows: RowQuerySet) -> RowQuerySet:
        if words := self.wanted.get("q"):
            asked = self.people.asked(words)
            condition = Q()
            for phrase in asked:
                condition |= Q(found=SearchQuery(phrase, config="english", search_type="websearch"))
            rows = rows.annotate(found=TEXT).filter(condition) if asked else rows.none()
        if person := self.wanted.get("person"):
            asked = self.people.asked(person)
            condition = Q(involved__icontains=asked[0]) if asked else Q()
            for name in asked[1:]:
                condition |= Q(who__iregex=rf"\m{re.escape(name)}\M")
            rows = rows.annotate(involved=self._involved()).filter(condition) if asked else rows.none()
        return rows

    def _involved(self) -> F | Func:
        """Who was involved, without the names for those who may not see them: part of a name finds nothing either."""
        if self.people.with_names or not self.people.in_sql:
            return F("who")
        words = (Value(self.people.in_sql), Value(" "), Value("gi"))
        return Func(F("who"), *words, function="regexp_replace", output_field=TextField())
