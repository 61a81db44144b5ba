"""The plan of a year; the review of the terms of reference."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from documents.content import ACCEPT
from documents.forms import files_help
from meetings.year import MONTHS, WEEKDAYS, WEEKS
from panel.choices import MeetingKind
from panel.meeting_forms import TimeField
from referrals.forms.base import textarea

KINDS = [(MeetingKind.ORDINARY.value, "The Panel"), (MeetingKind.EXECUTIVE.value, "The Executive Group")]


class YearForm(Form):
    """From what a plan is proposed."""

    submit = "Propose the days"
    kind = forms.ChoiceField(label="Who meets?", choices=KINDS, widget=forms.RadioSelect, initial="ordinary")
    first = DateField(label="Plan from which day on?", what="the first day of the plan")
    week = forms.TypedChoiceField(label="Which week of the month?", choices=WEEKS, coerce=int, initial=2)
    weekday = forms.TypedChoiceField(label="Which day of the week?", choices=WEEKDAYS, coerce=int, initial=1)
    every = forms.IntegerField(
        label="Every how many months?", min_value=1, max_value=6, initial=MONTHS,
        help_text="The terms of reference (section 3) ask the Panel to meet in alternate months.",
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-2"}),
    )  # fmt: skip
    count = forms.IntegerField(
        label="How many meetings?", min_value=1, max_value=12, initial=6,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-2"}),
    )  # fmt: skip
    at = TimeField(label="At what time?")
    place = forms.CharField(
        label="Where, or how to join?", max_length=200, error_messages={"required": "Enter where, or how to join"}
    )
    is_online = forms.BooleanField(label="They are held online", required=False)


class TermsForm(Form):
    submit = "Record the review"
    reviewed_on = DateField(label="When were the terms reviewed?", what="the day of the review")
    next_due_on = DateField(label="When is the next review due?", what="the day of the next review")
    outcome = textarea("What came of it?", "Such as: agreed without change.", True)
    file = forms.FileField(
        label="The document that holds from now on (optional)", required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "govuk-file-upload"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = files_help()
