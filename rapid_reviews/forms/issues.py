"""Forms of safeguarding issues: to raise one, to answer it, to settle it."""

from datetime import date, timedelta
from typing import Any

from django import forms

from chronology.names import People
from core.forms import DateField, Form
from panel.models import Agency

YES, NO = "yes", "no"


class IssueForm(Form):
    """To which agency, about whom, what is of concern, what is asked for, by when."""

    submit = "Raise the issue and tell the agency now"
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency must act?", empty_label="Choose an agency",
        error_messages={"required": "Select the agency that must act"},
    )  # fmt: skip
    children = forms.ModelMultipleChoiceField(
        None, label="Which children is it about? (optional)", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="The agency reads their names, behind its link and code. Choose none if it is about children nobody "
        "has named.",
    )  # fmt: skip
    concern = forms.CharField(
        label="What is of concern?", widget=forms.Textarea,
        help_text="What is known, from whom, and why it cannot wait for the review. It is never in a mail.",
        error_messages={"required": "Say what is of concern"},
    )  # fmt: skip
    asked = forms.CharField(
        label="What do you ask the agency to do?", widget=forms.Textarea,
        error_messages={"required": "Say what you ask the agency to do"},
    )  # fmt: skip
    answer_by = DateField(label="By when is the answer wanted?", what="the day by which the answer is wanted")
    lead_name = forms.CharField(
        label="Somebody else’s name (optional)", max_length=150, required=False,
        help_text="It goes to the agency’s safeguarding lead. To send it to somebody else, enter both.",
    )  # fmt: skip
    lead_address = forms.EmailField(label="Somebody else’s work e-mail (optional)", required=False)

    def __init__(self, *args: Any, people: People, today: date, answer_by: date | None, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, initial={"answer_by": answer_by}, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)
        children = self.fields["children"]
        if people.children:
            children.queryset = people.children[0].referral.children.all()
            children.label_from_instance = people.child
        else:
            del self.fields["children"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer_by") and data["answer_by"] < self.today:
            self.add_error("answer_by", "The day by which the answer is wanted cannot be in the past")
        if data.get("lead_name"):
            self.require("lead_address", "Enter their work e-mail as well")
        if data.get("lead_address"):
            self.require("lead_name", "Enter their name as well")
        agency = data.get("agency")
        if agency and not data.get("lead_address") and not agency.safeguarding_address:
            self.require("lead_name", f"{agency} has no safeguarding lead yet. Enter who it goes to")
            self.require("lead_address", "Enter the work e-mail of who it goes to")
        return data


class ReaddressForm(Form):
    """Who answers for the agency instead."""

    submit = "Send it to them now"
    lead_name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter their name"})
    lead_address = forms.EmailField(label="Work e-mail", error_messages={"required": "Enter their work e-mail"})


class IssueAnswerForm(Form):
    """The agency's answer, behind a link or signed in."""

    submit = "Send the answer"
    text = forms.CharField(
        label="What has been done, and what is still to be done?", widget=forms.Textarea,
        help_text="Say who did what and when, and whether the children are safe now.",
        error_messages={"required": "Write your answer"},
    )  # fmt: skip
    complete = forms.ChoiceField(
        label="Is the action complete?", widget=forms.RadioSelect,
        choices=[(YES, "Yes, nothing is left to do"), (NO, "No, something is still to be done")],
        error_messages={"required": "Select whether the action is complete"},
    )  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "is_action_complete": self.cleaned_data["complete"] == YES}


class SettleForm(Form):
    """The chair has read one answer: the page sends back which."""

    answer = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AcceptForm(SettleForm):
    submit = "Accept the answer"


class AskAgainForm(SettleForm):
    submit = "Ask again now"
    reason = forms.CharField(
        label="What is still wanted?", widget=forms.Textarea, help_text="The agency reads this.",
        error_messages={"required": "Say what is still wanted"},
    )  # fmt: skip
    answer_by = DateField(label="By when is the answer wanted?", what="the day by which the answer is wanted")


class IssueReasonForm(Form):
    """A reason and nothing else."""

    reason = forms.CharField(label="Why?", widget=forms.Textarea)

    def __init__(self, *args: Any, label: str, missing: str, submit: str, warning: bool = False, **kwargs: Any) -> None:
        self.submit, self.warning = submit, warning  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = missing


class RepresentativeForm(Form):
    """Somebody of an agency, perhaps without an account."""

    submit = "Invite"
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(
        label="Work e-mail",
        error_messages={"required": "Enter the work e-mail", "invalid": "Enter an address like name@agency.example"},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="For which agency?", empty_label="Choose an agency",
        error_messages={"required": "Select the agency"},
    )  # fmt: skip
    purpose = forms.CharField(
        label="What for?", widget=forms.Textarea, help_text="No names. The mail does not repeat it.",
        error_messages={"required": "Say what the representative is invited for"},
    )  # fmt: skip
    until_on = DateField(
        label="Until when at the latest?", what="the last day of the invitation",
        help_text="It ends earlier when the rapid review is sent or withdrawn.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, initial={"until_on": today + timedelta(days=60)}, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("until_on") and data["until_on"] < self.today:
            self.add_error("until_on", "The last day of the invitation cannot be in the past")
        return data
