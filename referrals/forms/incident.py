from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.db.models import Q

from core.forms import PARTS, DateField
from referrals.choices import Nature, PlaceType, Precision, YesNoUnknown
from referrals.dates import TITLES, faults
from referrals.forms.base import SectionForm, radios, select, text, textarea
from referrals.models import HarmType, Referral
from referrals.sections import HARM_TYPES, INCIDENT
from referrals.workflow.base import facts_of

NO_NAMES = "Do not use names: write “the child”, “the mother”. People who may not see names read this too."
NEEDED = {
    Precision.EXACT: ("day", "month"),
    Precision.ABOUT: ("day", "month"),
    Precision.MONTH: ("month",),
    Precision.YEAR: (),
}


class RoughDateField(DateField):
    """A date of which the day, or day and month, may be unknown: then the first one. `given` is what was typed."""

    given: tuple[str, ...] = ()

    def clean(self, value: Any) -> date | None:
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        self.given = tuple(name for name, part in zip(PARTS, parts, strict=True) if part)
        day, month, year = parts
        if year and not (day and not month):
            parts = [day or "1", month or "1", year]
        return super().clean(parts)


class IncidentForm(SectionForm):
    nature = radios(Nature, "What happened?")
    incident_precision = radios(Precision, "How exactly is the date known?")
    incident_on = RoughDateField(
        label="When did it happen?",
        what=TITLES["incident_on"],
        required=False,
        help_text="For example, 27 3 2026. Leave out the day, or the day and month, if they are not known.",
    )
    incident_time = forms.TimeField(
        label="At what time? (optional)",
        required=False,
        help_text="For example, 14:30.",
        error_messages={"invalid": "Enter a time like 14:30"},
    )
    place_type = select(PlaceType, "Where did it happen?")
    la_area = text("Local authority area", max_length=100)
    harm_types = forms.ModelMultipleChoiceField(
        HarmType.objects.none(), label="Suspected harm", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Select all that may apply.",
    )  # fmt: skip
    harm_other = text("Other harm, in a few words (optional)")
    circumstances = textarea("Brief circumstances", NO_NAMES)
    media_interest = radios(YesNoUnknown, "Is there media interest?")
    media_details = textarea("What is the media interest?", NO_NAMES)
    legal_interest = radios(YesNoUnknown, "Are there police, court or coroner’s proceedings?")
    legal_details = textarea("Which proceedings?", NO_NAMES)

    def __init__(self, *args: Any, draft: Referral, today: date, **kwargs: Any) -> None:
        self.draft, self.today = draft, today
        super().__init__(*args, **kwargs)
        chosen = [harm_type.pk for harm_type in self.saved["harm_types"]]
        self.fields["harm_types"].queryset = HarmType.objects.filter(Q(is_active=True) | Q(pk__in=chosen))
        self.fields["incident_time"].widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Show only as much of the date as was known."""
        initial = {**facts, "harm_types": [harm_type.pk for harm_type in facts["harm_types"]]}
        day, shown = facts["incident_on"], NEEDED[facts["incident_precision"] or Precision.EXACT]
        if day is not None:
            initial["incident_on"] = [
                day.day if "day" in shown else "",
                day.month if "month" in shown else "",
                day.year,
            ]
        if facts["incident_time"] is not None:
            initial["incident_time"] = f"{facts['incident_time']:%H:%M}"
        return initial

    def layout(self) -> list[LayoutObject | str]:
        fields: list[LayoutObject | str] = [Field(name) for name in self.fields]
        names = list(self.fields)
        for name in ("media", "legal"):
            fields[names.index(f"{name}_interest")] = self.reveal(f"{name}_interest", yes=[f"{name}_details"])
        fields[names.index("la_area")] = Field.text("la_area", field_width=Fluid.ONE_HALF)
        return [f for f, name in zip(fields, names, strict=True) if not name.endswith("_details")]

    def clean(self) -> None:
        self._check_date()
        for name in ("media", "legal"):
            if self.cleaned_data.get(f"{name}_interest") != YesNoUnknown.YES:
                self.cleaned_data[f"{name}_details"] = ""
        self.ask({**INCIDENT, "incident_precision": "Select how exactly the date is known", "harm_types": HARM_TYPES})

    def _check_date(self) -> None:
        precision = self.cleaned_data["incident_precision"] = (
            self.cleaned_data.get("incident_precision") or self.saved["incident_precision"]
        )
        day = self.cleaned_data.get("incident_on")
        if day is None:
            return
        field = self.fields["incident_on"]
        missing = [part for part in NEEDED[precision] if part not in field.given]  # type: ignore[attr-defined]
        if missing:
            self.add_error("incident_on", f"The date of the incident must include a {' and a '.join(missing)}")
            return
        shown = NEEDED[precision]
        day = day.replace(day=day.day if "day" in shown else 1, month=day.month if "month" in shown else 1)
        self.cleaned_data["incident_on"] = day
        facts = facts_of(self.draft, list(TITLES)) | {"incident_on": day, "incident_precision": precision}
        for fault in faults(facts, today=self.today):
            if "incident_on" in (fault.field, fault.other):
                self.add_error("incident_on", fault.sentence)
                return


class IncidentCorrectionForm(IncidentForm):
    """The same questions about a recorded case, with what the correction rests on."""

    submit = "Save the correction"
    more_buttons = ()
    reason = textarea("What has become known, and from whom?", NO_NAMES, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say what has become known, and from whom"

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name != "reason"}
