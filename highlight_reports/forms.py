"""Parse and validate; what the workflow refuses is said by the workflow."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from core.forms import DateField, Form
from highlight_reports.recipients import Recipients
from notifications.models import DistributionList

MAX_COMMENTARY = 6000  # characters: about two pages


class DatesForm(Form):
    """For which meeting, about which days."""

    submit = "Continue"

    meeting_on = DateField(what="the date of the Executive meeting", label="Executive meeting")
    period_from = DateField(
        what="the first day of the period",
        label="First day of the period",
        help_text="The day after the last report's period, so that nothing falls between.",
    )
    period_to = DateField(
        what="the last day of the period", label="Last day of the period", help_text="It is included."
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last, meeting = (found.get(name) for name in ("period_from", "period_to", "meeting_on"))
        if first and last and last < first:
            self.add_error("period_to", ValidationError("The last day of the period must not be before its first day"))
        elif last and meeting and meeting < last:
            self.add_error("meeting_on", ValidationError("The meeting must not be before the last day of the period"))
        return found


class CommentaryForm(Form):
    """The text of one section and the version that it started from."""

    submit = "Save commentary"

    text = forms.CharField(
        label="Commentary",
        required=False,
        max_length=MAX_COMMENTARY,
        widget=forms.Textarea(attrs={"data-commentary": ""}),
        error_messages={"max_length": "The commentary must be %(limit_value)d characters or fewer"},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, section_label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = f"Commentary on “{section_label}”"
        self.fields["text"].help_text = f"{hint} Name cases by reference and children as “Child A”."
        attrs = self.fields["text"].widget.attrs
        attrs["rows"] = 12
        attrs.pop("maxlength", None)  # a browser would cut a pasted text short without a word


class SendBackForm(Form):
    submit = "Send back"

    reason = forms.CharField(
        label="Why do you send it back?",
        help_text="The author reads this on the report's page. Name cases by reference only.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter why you send the report back"},
    )


class SendForm(Form):
    """To whom. Where somebody on the list has a wall, the box must be ticked.

    `recipients` None: who sends may not know who has one, so whoever has is left out without a word.
    """

    submit = "Send the report"

    distribution_list = forms.ModelChoiceField(
        label="Distribution list",
        queryset=DistributionList.objects.all(),
        widget=forms.HiddenInput,
        error_messages={"required": "Choose a distribution list"},
    )
    without_walled = forms.BooleanField(required=False)

    def __init__(self, *args: Any, recipients: Recipients | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ", ".join(entry.name for entry in recipients.walled) if recipients else ""
        if names:
            box = self.fields["without_walled"]
            box.label = f"Send it without {names}"
            box.required = True
            box.error_messages["required"] = f"Tick the box to send the report without {names}"
        else:
            del self.fields["without_walled"]


class ChooseListForm(Form):
    submit = "Continue"

    distribution_list = forms.ModelChoiceField(
        label="Which distribution list gets the report?",
        queryset=DistributionList.objects.all(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a distribution list"},
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_method, helper.disable_csrf = "get", True  # it only asks for the next page
        return helper
