"""Asking for a disclosure check, and deciding on what it found."""

from typing import Any

from django import forms
from django.conf import settings

from core.forms import Form
from referrals.forms.base import textarea

ACCEPTED = ".pdf,.docx"
SEEN_BY = "Those who may see names read this."


class CheckForm(Form):
    """A new file is kept as the report first; without one, what is there is checked."""

    submit = "Check it"
    file = forms.FileField(label="A new file of the report (optional)", required=False, allow_empty_file=True)

    def __init__(self, *args: Any, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.help_text = (
            f"PDF or Word (.docx), up to {settings.DOCUMENTS_MAX_MB} MB. It takes the place of the file that is there."
        )
        field.widget.attrs |= {"accept": ACCEPTED, "class": "govuk-file-upload"}
        if not has_words:
            field.required, field.label = True, "File of the report"
            field.error_messages["required"] = "Choose the file of the report"


class ProposeForm(Form):
    submit = "Propose to accept"
    reason = textarea("Why may this stay in the report?", f"A second person reads this and decides. {SEEN_BY}", True)


class DecideForm(Form):
    submit = "Save the decision"
    answer = forms.ChoiceField(
        label="May this stay in the report?", widget=forms.RadioSelect,
        choices=[("accept", "Yes, I accept it as second person"), ("refuse", "No, it must be mended")],
        error_messages={"required": "Select whether it may stay"},
    )  # fmt: skip
    reason = textarea("Reason", f"Needed where it must be mended. {SEEN_BY}")

    def clean(self) -> None:
        if self.cleaned_data.get("answer") == "refuse":
            self.require("reason", "Say why it must be mended")


class ReopenForm(Form):
    submit = "Take the acceptance back"
    reason = textarea("Why may this not stay after all?", SEEN_BY, True)
