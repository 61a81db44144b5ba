from datetime import date
from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.models import User
from panel.people import holders
from panel.permissions import GRANTS, Permission


class MilestoneForm(Form):
    submit = "Mark as done"
    done_on = DateField(label="When was it done?", what="the date on which it was done")


class ReopenForm(Form):
    submit = "Reopen the recommendation"
    reason = forms.CharField(label="Why is the recommendation reopened?", widget=forms.Textarea)


class WithdrawForm(Form):
    submit = "Withdraw the rapid review"
    warning = True
    reason = forms.CharField(label="Why are the criteria found not met?", widget=forms.Textarea)


class SendForm(Form):
    """When, by whom, and if late why. `due` is the statutory date."""

    submit = "Record as sent"
    sent_on = DateField(label="When was it sent?", what="the date on which it was sent")
    sender = forms.ModelChoiceField(label="Who sent it?", queryset=User.objects.none(), empty_label=None)
    late_reason = forms.CharField(label="Why was it late?", widget=forms.Textarea, required=False)
    told = forms.CharField(
        label="Who was told that it would be late?",
        required=False,
        help_text="For example the national Panel.",
    )

    def __init__(self, *args: Any, due: date, on: date, by: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"sent_on": on, "sender": by.pk}, **kwargs)
        self.due = due
        self.fields["sender"].queryset = holders(*GRANTS[Permission.SEND_RAPID_REVIEW], on=on)
        if on <= due:
            del self.fields["late_reason"], self.fields["told"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sent_on") and data["sent_on"] > self.due and "told" in self.fields:
            self.require("late_reason", "Say why it was late")
            self.require("told", "Say who was told that it would be late")
        return data
