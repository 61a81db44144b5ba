"""A single-agency review: asking, answering, the report."""

from typing import Any

from django import forms
from django.conf import settings

from core.forms import DateField, Form
from documents.content import ACCEPT
from referrals.forms.base import text as short
from referrals.forms.base import textarea

NO_NAMES = "No names: it is read outside this system."


class AskForm(Form):
    submit = "Ask the agency"
    text = textarea("What is the agency asked to review?", NO_NAMES, True)
    lead_name = short("Who is written to", "Left open, it is the agency’s safeguarding lead.", max_length=150)
    lead_address = forms.EmailField(label="Their work e-mail", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("lead_address"):
            self.require("lead_name", "Enter the name that belongs to the work e-mail")
        if self.cleaned_data.get("lead_name"):
            self.require("lead_address", "Enter the work e-mail of whom you name")


class ReaddressForm(Form):
    submit = "Send a link"
    lead_name = short("Who is written to", required=True, max_length=150)
    lead_address = forms.EmailField(label="Their work e-mail")


class AnswerForm(Form):
    submit = "Send the answer"
    accept = forms.ChoiceField(
        label="Does your agency accept the review?", choices=[("yes", "We accept"), ("no", "We decline")],
        widget=forms.RadioSelect, error_messages={"required": "Select whether your agency accepts"},
    )  # fmt: skip
    text = textarea("What do you want to say?", f"Needed where you decline. {NO_NAMES}")

    def clean(self) -> None:
        if self.cleaned_data.get("accept") == "no":
            self.require("text", "Say why your agency declines")

    def answer(self) -> dict[str, Any]:
        return {"accept": self.cleaned_data["accept"] == "yes", "text": self.cleaned_data["text"]}


class FindingsForm(Form):
    submit = "Record the report"
    findings = textarea("What did it find?", "In short, without names. What follows goes on the action log.", True)
    on = DateField(label="Received on (optional)", what="the day", required=False, help_text="Left open: today.")
    file = forms.FileField(label="The report as a file (optional)", required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = f"PDF or Word, up to {settings.DOCUMENTS_MAX_MB} MB. Read by those who may see names."
        file.widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload"}
