from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import DateField, Form
from panel.models import User
from panel.people import holders
from panel.roles import Role
from rapid_reviews.choices import Answer


class CirculateForm(Form):
    """By when the members answer. `statutory` is the day after which only the chair may let them."""

    submit = "Circulate to the members"
    due_on = DateField(label="By when should they answer?", what="the day by which they answer")
    late_word = forms.CharField(
        label="Why may they answer after the statutory date?",
        widget=forms.Textarea,
        required=False,
        help_text="Only the chair may set such a day.",
    )

    def __init__(self, *args: Any, statutory: date, due_on: date, may_be_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due_on": due_on}, **kwargs)
        self.statutory = statutory
        if not may_be_late:
            del self.fields["late_word"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("due_on") and data["due_on"] > self.statutory and "late_word" in self.fields:
            self.require("late_word", "That is after the statutory date: say why the members may answer later")
        return data


class AnswerForm(Form):
    """What one member answers."""

    submit = "Send my answer"
    answer = forms.ChoiceField(
        label="What do you answer?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you answer"},
    )
    reasons = forms.CharField(
        label="Your reasons",
        widget=forms.Textarea,
        required=False,
        help_text="Needed if you disagree: they are kept with the recommendation. Do not name a child.",
    )

    def layout(self) -> list[LayoutObject | str]:
        return [Field("answer"), Field("reasons")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == Answer.DISAGREE:
            self.require("reasons", "Say why you disagree: it is kept with the recommendation")
        return data


class HandOnForm(Form):
    """Why the deputy answers."""

    submit = "Let my deputy answer"
    reason = forms.CharField(
        label="Why does your deputy answer?",
        widget=forms.Textarea,
        help_text="For instance that you are away until after the last day. Deputies are the exception "
        "(terms of reference, section 4). Do not name a child.",
        error_messages={"required": "Say why your deputy answers"},
    )


class EndCirculationForm(Form):
    submit = "End the circulation"
    warning = True
    reason = forms.CharField(label="Why is it ended without a result?", widget=forms.Textarea)


class RecordCirculationForm(Form):
    """Recording after a circulation; the ruling where the answers are not quorate."""

    submit = "Record as the Panel’s recommendation"
    chair_ruling = forms.CharField(
        label="The chair’s ruling",
        widget=forms.Textarea,
        help_text="Why the recommendation stands although a Safeguarding Partner was not represented.",
    )
    ruled_by = forms.ModelChoiceField(
        label="Who made the ruling?", queryset=User.objects.none(), empty_label="Choose who made it"
    )

    def __init__(self, *args: Any, is_quorate: bool, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruled_by"].queryset = holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=on)
        if is_quorate:
            del self.fields["chair_ruling"], self.fields["ruled_by"]
