"""Parse and validate; what the workflow refuses is said by the workflow."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from core.forms import DateField, Form
from highlight_reports.choices import Answer as Choice
from highlight_reports.models import Answer, Ask
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


class AskForm(Form):
    submit = "Add to what is asked"

    text = forms.CharField(
        label="What is the Executive asked to decide?",
        help_text="One decision, so that it can be answered with approve, decline or discuss. Name cases by reference "
        "and children as “Child A”.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter what the Executive is asked to decide"},
    )


class WithdrawForm(Form):
    submit = "Withdraw the report"
    warning = True

    reason = forms.CharField(
        label="Why is the report withdrawn?",
        help_text="It stands in the correction, so say what was wrong. Name cases by reference only.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter why the report is withdrawn"},
    )


class AnswersForm(Form):
    """One pair of fields for each thing asked: the answer and the comment. Nothing has to be answered at once."""

    submit = "Send my answers"

    def __init__(self, *args: Any, asks: Sequence[Ask], given: Mapping[int, Answer], **kwargs: Any) -> None:
        self.asks = asks
        initial: dict[str, Any] = {}
        for pk, one in given.items():
            initial |= {f"answer_{pk}": one.answer, f"comment_{pk}": one.comment}
        super().__init__(*args, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)
        for number, ask in enumerate(asks, 1):
            self.fields[f"answer_{ask.pk}"] = forms.ChoiceField(
                label=f"{number}. {ask.text}", choices=Choice.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"comment_{ask.pk}"] = forms.CharField(
                label=f"Comment on {number}",
                help_text="Needed where you decline or want to discuss. Name cases by reference only.",
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for ask in self.asks:
            answer, comment = found.get(f"answer_{ask.pk}"), found.get(f"comment_{ask.pk}", "").strip()
            if answer in (Choice.DECLINE, Choice.DISCUSS) and not comment:
                why = "why you decline" if answer == Choice.DECLINE else "what there is to discuss"
                self.add_error(f"comment_{ask.pk}", ValidationError(f"Enter {why}"))
            elif comment and not answer:
                self.add_error(f"answer_{ask.pk}", ValidationError("Select an answer to go with your comment"))
        if not self.errors and not self.answers:
            raise ValidationError("Answer at least one of what is asked")
        return found

    @property
    def answers(self) -> dict[int, tuple[str, str]]:
        """{pk of the ask: (answer, comment)} of those that have an answer."""
        found = ((ask.pk, self.cleaned_data.get(f"answer_{ask.pk}")) for ask in self.asks)
        return {pk: (answer, self.cleaned_data[f"comment_{pk}"].strip()) for pk, answer in found if answer}


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
