"""The what-if form. It only parses: counting is deadlines.explain."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import DateField, Form
from deadlines.choices import KINDS
from deadlines.explain import MAX_LENGTH
from deadlines.models import Rule

FREE = {
    "forward-working-days": "Working days after a date",
    "back-working-days": "Working days before a date",
    "forward-months": "Calendar months after a date",
    "back-months": "Calendar months before a date",
    "forward-years": "Years after a date",
}
assert FREE.keys() <= KINDS.keys()


class CalculatorForm(Form):
    """`rule` is the code of a time limit or, for a free count, one of the kinds."""

    submit = "Count"

    rule = forms.ChoiceField(label="Time limit")
    length = forms.IntegerField(
        label="How many",
        required=False,
        min_value=1,
        max_value=MAX_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Only for a count of your own.",
        error_messages={
            "invalid": "How many must be a whole number",
            "min_value": "How many must be 1 or more",
            "max_value": f"How many must be {MAX_LENGTH} or fewer",
        },
    )
    date = DateField(label="Counted from", what="the date to count from", help_text="Day 0. For example, 14 12 2026")

    def __init__(self, *args: Any, rules: Iterable[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits: list[tuple[str, str]] = []
        milestones: list[tuple[str, str]] = []
        for rule in rules:
            if rule.length is not None:
                (milestones if rule.milestone_of else limits).append((rule.code, f"{rule.title}: {rule.length_text}"))
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            ("", "Select"),
            ("Time limits", limits),
            ("A count of your own", list(FREE.items())),
            ("Local milestones of a rapid review", milestones),
        ]
        self.fields["rule"].error_messages["invalid_choice"] = "Select a time limit from the list"

    def layout(self) -> list[LayoutObject | str]:
        return [Field.select("rule"), Field.text("length", field_width=4), Field("date")]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_method, helper.disable_csrf = "get", True  # a question, not a change
        return helper

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("rule") in FREE:
            self.require("length", "Enter how many")
        return self.cleaned_data
