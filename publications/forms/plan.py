"""Dates, steps and lines of the day."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from publications.models import PlanStep
from referrals.forms.base import text, textarea

NO_NAMES = "No names of children or families."


class PlanForm(Form):
    submit = "Plan the publication"
    planned_on = DateField(label="When is the report to be published?", what="the day of publication")


class MoveForm(Form):
    """First the day alone, for the preview; the reason is asked for when it is moved."""

    submit = "Move the date"
    to = DateField(label="New day of publication", what="the new day of publication")
    reason = textarea(
        "Why is it moved?", f"Kept with the plan; those concerned read it on the page. {NO_NAMES}", required=False
    )
    more_buttons = (("look", "See what would change first"),)

    def clean(self) -> None:
        if "look" not in self.data:
            self.require("reason", "Enter why it is moved")


class StepForm(Form):
    """Done on a day, not needed, or still open; a statutory step can only be done."""

    submit = "Save"
    state = forms.ChoiceField(label="How does this step stand?", widget=forms.RadioSelect)
    done_on = DateField(label="Done on", what="the day on which it was done", required=False)
    note = textarea("Note", f"How, and to whom. {NO_NAMES}")
    reason = textarea("Why is it not needed?", NO_NAMES)
    late_reason = textarea("If it was late: why", "Asked for when a statutory day was missed.")
    told = text("If it was late: who was told", max_length=300)

    def __init__(self, *args: Any, step: PlanStep, **kwargs: Any) -> None:
        self.step = step
        super().__init__(*args, **kwargs)
        choices = [("done", "Done"), ("not_needed", "Not needed"), ("open", "Still to be done")]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            one for one in choices if one[0] != "not_needed" or not step.rule_code
        ]
        if step.rule_code:
            del self.fields["reason"]
        else:
            del self.fields["late_reason"], self.fields["told"]

    def layout(self) -> list[Any]:
        names = {"done": ["done_on", "note", "late_reason", "told"], "not_needed": ["reason"]}
        there = {key: [n for n in found if n in self.fields] for key, found in names.items()}
        return [self.reveal("state", **there)]

    def clean(self) -> None:
        state = self.cleaned_data.get("state")
        if state == "done":
            self.require("done_on", "Enter the day on which it was done")
        if state == "not_needed":
            self.require("reason", "Enter why it is not needed")


class AddStepForm(Form):
    submit = "Add the step"
    title = text("What is to be done?", NO_NAMES, required=True, max_length=150)
    who = text("Who does it?", max_length=150)
    number = forms.IntegerField(
        label="How many working days?", min_value=0, max_value=200, help_text="0 is the day itself."
    )
    side = forms.ChoiceField(
        label="Before or after publication?",
        choices=[("before", "Before"), ("after", "After")],
        widget=forms.RadioSelect,
    )

    @property
    def days(self) -> int:
        number: int = self.cleaned_data["number"]
        return -number if self.cleaned_data["side"] == "before" else number


class DayItemForm(Form):
    submit = "Save"
    at = forms.TimeField(label="Time", help_text="For example, 10:15")
    what = text("What is done?", NO_NAMES, required=True)
    who = text("Who does it?", max_length=150)
    phone = forms.CharField(
        label="Phone number", required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
