from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import DateField, Form
from panel.roles import StatutoryRole
from rapid_reviews.choices import PARTNERS, Outcome, View


class DecisionForm(Form):
    """One Safeguarding Partner's decision on the recommendation."""

    submit = "Record the decision"
    view = forms.ChoiceField(
        label="What does your agency decide?",
        choices=View.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what your agency decides"},
    )
    amended_outcome = forms.ChoiceField(
        label="Which outcome instead?", choices=[("", "Choose an outcome"), *Outcome.choices], required=False
    )
    reasons = forms.CharField(label="Reasons", widget=forms.Textarea, help_text="Kept whatever the others decide.")

    def layout(self) -> list[LayoutObject | str]:
        return [self.reveal("view", **{View.AMEND: ["amended_outcome"]}), Field("reasons")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("view") == View.AMEND:
            self.require("amended_outcome", "Select the outcome that your agency wants instead")
        return data


class ResolutionForm(Form):
    """What the three lead partners agreed, all three named."""

    submit = "Record the resolution"
    outcome = forms.ChoiceField(
        label="What did they agree?", choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select what the lead partners agreed"},
    )  # fmt: skip
    reasons = forms.CharField(label="Their reasons", widget=forms.Textarea)
    agreed_on = DateField(label="When did they agree?", what="the date on which they agreed")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"agreed_on": on}, **kwargs)
        for partner in PARTNERS:
            self.fields[f"lead_{partner.value}"] = forms.CharField(
                label=f"Lead partner of the {_named(partner)}",
                max_length=150,
                help_text="Name and office, for example “Kit Invented, Chief Executive”.",
                error_messages={"required": f"Name the lead partner of the {_named(partner)}"},
            )

    @property
    def leads(self) -> dict[StatutoryRole, str]:
        return {partner: self.cleaned_data[f"lead_{partner.value}"] for partner in PARTNERS}


def _named(partner: StatutoryRole) -> str:
    return str(partner.label).lower()
