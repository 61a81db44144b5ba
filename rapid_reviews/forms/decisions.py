from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import Form
from rapid_reviews.choices import Outcome, View


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
