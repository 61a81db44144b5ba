from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import Form
from panel.meeting_forms import TimeField
from panel.models import PanelMeeting


class _DayForm(Form):
    """One of the working days on which a meeting would keep the date."""

    on = forms.TypedChoiceField(
        label="On which day?", coerce=date.fromisoformat, widget=forms.RadioSelect,
        error_messages={"required": "Select the day of the meeting"},
    )  # fmt: skip
    at = TimeField(label="At what time?")

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = [(day.isoformat(), f"{day:%A} {day.day} {day:%B}") for day in days]


class PlanForForm(_DayForm):
    submit = "Plan the extraordinary meeting"
    place = forms.CharField(
        label="Where, or how to join?", max_length=200, error_messages={"required": "Enter where, or how to join"}
    )
    is_online = forms.BooleanField(label="It is held online", required=False)


class MoveForForm(_DayForm):
    submit = "Move the meeting"

    def __init__(self, *args: Any, meeting: PanelMeeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"at": meeting.at}, **kwargs)

    def layout(self) -> list[LayoutObject | str]:
        return [Field("on"), Field("at")]
