from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms_gds.layout import HTML
from django import forms

from core.forms import DateField, Form
from panel.models import Agency
from referrals.choices import Nature, Outcome
from referrals.forms.base import radios, text, textarea
from referrals.forms.child import BORN, UNBORN
from referrals.forms.incident import NO_NAMES


class AddressForm(Form):
    submit = "Send me a code"
    address = forms.EmailField(
        label="Your work e-mail", help_text="Of an agency that works with children in the area. A code is sent there.",
        error_messages={
            "required": "Enter your work e-mail",
            "invalid": "Enter an e-mail address in the correct format, like name@example.com",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "email"

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).strip().lower()


class OutsideCodeForm(Form):
    submit = "Continue"
    code = forms.CharField(
        label="Code", max_length=20, help_text="Six digits, from the mail. They are good for 10 minutes.",
        error_messages={"required": "Enter the code from the mail"},
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )  # fmt: skip


class PartForm(Form):
    """A part of the referral: its fields start with what was saved. `draft` says whose it is, if the session ends."""

    def __init__(self, *args: Any, facts: Mapping[str, Any], today: date, draft: str, **kwargs: Any) -> None:
        self.today, self.draft = today, draft
        dates = {
            name: date.fromisoformat(value)
            for name, value in facts.items()
            if value and isinstance(self.base_fields.get(name), DateField)
        }
        super().__init__(*args, initial={**facts, **dates}, **kwargs)

    def buttons(self) -> list[Any]:
        return [*super().buttons(), HTML(f'<input type="hidden" name="draft" value="{self.draft}">')]


class YouForm(PartForm):
    name = text("Your name", required=True, max_length=80)
    job_title = text("Your job", required=True, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["job_title"].widget.attrs["autocomplete"] = "organization-title"


class OutsideIncidentForm(PartForm):
    nature = radios(Nature, "What happened?", required=True)
    incident_on = DateField(
        label="When did it happen?", what="the date of the incident",
        help_text="For example, 27 3 2026. If you do not know the day, give the likeliest and say so below.",
    )  # fmt: skip
    circumstances = textarea("What happened, in brief?", NO_NAMES, required=True)
    why = textarea("Why should the Panel consider it?", f"What may be learned, and for whom. {NO_NAMES}", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"].error_messages["required"] = "Select what happened"
        self.fields["circumstances"].error_messages["required"] = "Say in brief what happened"
        self.fields["why"].error_messages["required"] = "Say why the Panel should consider it"

    def clean(self) -> None:
        day = self.cleaned_data.get("incident_on")
        if day and day > self.today:
            self.add_error("incident_on", "The date of the incident cannot be in the future")


class OutsideAgenciesForm(PartForm):
    """Which agencies were involved: from the partnership's list, or in words, or not known."""

    agencies = forms.MultipleChoiceField(
        label="Which agencies were involved with the children or the family?", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Select all that you know of, your own too if it was.",
    )  # fmt: skip
    other = text("Other agencies, in words", "Not in the list: a school, a charity, an agency elsewhere.", False, 300)
    not_known = forms.BooleanField(label="I do not know of any", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Agency.objects.filter(is_active=True).order_by("name")
        self.fields["agencies"].choices = [(str(agency.pk), agency.name) for agency in active]  # type: ignore[attr-defined]

    def clean(self) -> None:
        named = self.cleaned_data.get("agencies") or self.cleaned_data.get("other")
        if self.cleaned_data.get("not_known") and named:
            self.add_error("not_known", "Either name agencies, or tick that you know of none")
        elif not self.cleaned_data.get("not_known") and not named and not self.errors:
            self.add_error("agencies", "Select the agencies involved, or tick that you know of none")


class OutsideChildForm(PartForm):
    birth = forms.ChoiceField(
        label="Is this child born?", choices=[(BORN, "Yes"), (UNBORN, "No, unborn")], widget=forms.RadioSelect,
        error_messages={"required": "Select whether this child is born"},
    )  # fmt: skip
    date_of_birth = DateField(label="Date of birth", what="the date of birth", required=False)
    expected_on = DateField(label="Expected date of delivery", what="the expected date of delivery", required=False)
    name = text("Full name", "Seen only by people on the Panel who may see names.")
    outcome = radios(Outcome, "What happened to this child?", required=True)

    def __init__(self, *args: Any, facts: Mapping[str, Any], **kwargs: Any) -> None:
        birth = {"birth": UNBORN if facts["is_unborn"] else BORN} if facts else {}
        super().__init__(*args, facts={**facts, **birth}, **kwargs)
        self.fields["outcome"].error_messages["required"] = "Select what happened to this child"

    def layout(self) -> list[Any]:
        return [self.reveal("birth", born=["date_of_birth"], unborn=["expected_on"]), "name", "outcome"]

    def clean(self) -> None:
        birth = self.cleaned_data.pop("birth", "")
        self.cleaned_data["is_unborn"] = birth == UNBORN
        self.cleaned_data["date_of_birth" if birth == UNBORN else "expected_on"] = None
        if birth == BORN:
            self.require("name", "Enter the child’s full name")
            self.require("date_of_birth", "Enter the date of birth, as nearly as you know it")
        born = self.cleaned_data.get("date_of_birth")
        if born and born > self.today:
            self.add_error("date_of_birth", "The date of birth cannot be in the future. Is the child unborn?")
