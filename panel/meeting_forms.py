"""The forms of the Panel's meetings."""

from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import DateField, Form
from panel.choices import MeetingKind
from panel.models import PanelMeeting

NO_NAMES = "Members read it. Do not name a child."


class TimeField(forms.TimeField):
    """An hour as people type it: 14:00, 14.00 or 2pm are too many ways, so one is named."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            help_text="For example 14:00",
            error_messages={
                "required": "Enter the time",
                "invalid": "Time must be hours and minutes, like 14:00",
            },
            widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input govuk-input--width-5"}),
            **kwargs,
        )


class PlanMeetingForm(Form):
    """One meeting."""

    submit = "Plan the meeting"
    kind = forms.ChoiceField(
        label="What kind of meeting?", choices=MeetingKind.choices, widget=forms.RadioSelect, initial="ordinary"
    )
    reason = forms.CharField(label="Why is it needed?", widget=forms.Textarea, required=False, help_text=NO_NAMES)
    on = DateField(label="On which day?", what="the day of the meeting")
    at = TimeField(label="At what time?")
    place = forms.CharField(
        label="Where, or how to join?", max_length=200, error_messages={"required": "Enter where, or how to join"}
    )
    is_online = forms.BooleanField(label="It is held online", required=False)

    def layout(self) -> list[LayoutObject | str]:
        names = ("on", "at", "place", "is_online")
        return [self.reveal("kind", extraordinary=["reason"]), *map(Field, names)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == MeetingKind.EXTRAORDINARY:
            self.require("reason", "Say why the meeting is needed")
        return data


class MoveMeetingForm(Form):
    submit = "Move the meeting"
    on = DateField(label="To which day?", what="the new day")
    at = TimeField(label="At what time?")
    reason = forms.CharField(label="Why is it moved?", widget=forms.Textarea, help_text=NO_NAMES)

    def __init__(self, *args: Any, meeting: PanelMeeting, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": max(meeting.on, today), "at": meeting.at}, **kwargs)


class CancelMeetingForm(Form):
    submit = "Cancel the meeting"
    warning = True
    reason = forms.CharField(label="Why is it cancelled?", widget=forms.Textarea, help_text=NO_NAMES)
