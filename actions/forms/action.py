"""What an action says, and where it comes from."""

from typing import Any

from django import forms

from actions.choices import Source
from actions.facts import Facts, Origin
from actions.models import Action
from core.forms import DateField, Form
from panel.models import Agency, User
from referrals.forms.base import text as short
from referrals.forms.base import textarea
from referrals.models import Referral

NO_NAMES = "No names: everybody who sees the action log reads this."
REVIEWS = (Source.PRACTICE_REVIEW, Source.OTHER_REVIEW)


class ActionForm(Form):
    """The words of an action. A leader's new action may be agreed at once."""

    submit = "Save the action"
    recommendation = textarea("Recommendation that it answers (optional)", NO_NAMES)
    text = textarea(
        "What is to be done?", f"One thing, so plain that two people would agree on when it is done. {NO_NAMES}", True
    )
    success_measure = textarea("How will it be known that it worked?", "Something that can be counted or seen.")
    owner = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency that carries it out", empty_label="Choose an agency",
        error_messages={"required": "Select the agency that carries it out"},
    )  # fmt: skip
    others = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Other agencies that take part (optional)", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="With another agency it is a multi-agency action.",
    )  # fmt: skip
    lead = forms.ModelChoiceField(
        User.objects.none(), label="Lead, if they have an account", required=False, empty_label="Nobody with an account"
    )
    lead_name = short("Lead’s name, if they have none", max_length=150)
    lead_address = forms.EmailField(
        label="Lead’s work e-mail", required=False,
        help_text="They get a link. Without a lead, the agency’s safeguarding lead gets it.",
    )  # fmt: skip
    due_on = DateField(label="Due", what="the date by which it is to be done", required=False)
    impact_check_on = DateField(
        label="Look at the impact on children on (optional)", what="the date of the impact check", required=False,
        help_text="Done is not the same as made a difference: a date some months after the due date.",
    )  # fmt: skip
    agree = forms.BooleanField(
        label="It is agreed: tell the lead now", required=False, help_text="Without the tick it is proposed first."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, may_agree: bool = False, action: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Agency.objects.filter(is_active=True)
        self.fields["owner"].queryset = active  # type: ignore[attr-defined]
        self.fields["others"].queryset = active  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True, memberships__isnull=False).distinct()
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]
        if not may_agree:
            del self.fields["agree"]
        if action is not None and action.agreed_at is not None:
            del self.fields["due_on"]

    def clean(self) -> None:
        if self.cleaned_data.get("agree"):
            self.require("due_on", "Enter the date by which it is to be done")
        if self.cleaned_data.get("lead") and (
            self.cleaned_data.get("lead_name") or self.cleaned_data.get("lead_address")
        ):
            self.add_error("lead", "Choose a lead with an account or name one without, not both")
        if self.cleaned_data.get("lead_address"):
            self.require("lead_name", "Enter the lead’s name")
        owner, others = self.cleaned_data.get("owner"), self.cleaned_data.get("others")
        if owner and others and owner in others:
            self.add_error("others", f"{owner} carries it out already: choose other agencies only")

    def facts(self) -> Facts:
        wanted = {name: value for name, value in self.cleaned_data.items() if name not in ("agree", "seen")}
        return Facts(**wanted | {"others": tuple(wanted["others"])})


class OriginForm(ActionForm):
    """The same for an action from elsewhere than a rapid review: the source comes first."""

    field_order = ("source", "other_review", "meeting", "meeting_on", "case")
    source = forms.ChoiceField(
        label="Where does the action come from?", widget=forms.RadioSelect,
        choices=[(s.value, s.label) for s in (Source.MEETING, *REVIEWS)],
        help_text="An action from a rapid review or a commissioned review is added on the page of that review.",
    )  # fmt: skip
    other_review = short("Which review?", "Its reference, such as “LCSPR 2019-02” or “SAR 14”. No names.")
    meeting = short("Which meeting?", "Such as “Panel meeting”.")
    meeting_on = DateField(label="Date of the meeting", what="the date of the meeting", required=False)
    case = forms.ModelChoiceField(
        Referral.objects.none(), label="Case that it is about (optional)", required=False, empty_label="No case",
        help_text="The action is then seen by those who see the case.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Referral.objects.visible_to(user).recorded()
        self.fields["case"].queryset = visible  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        source = self.cleaned_data.get("source")
        if source in REVIEWS:
            self.require("other_review", "Say which review")
        elif source == Source.MEETING:
            self.require("meeting", "Say which meeting")
            self.require("meeting_on", "Enter the date of the meeting")

    def origin(self) -> Origin:
        data = self.cleaned_data
        about: dict[str, Any] = {"source": Source(data["source"]), "referral": data["case"]}
        if data["source"] == Source.MEETING:
            return Origin(**about, meeting=data["meeting"], meeting_on=data["meeting_on"])
        return Origin(**about, other_review=data["other_review"])

    def facts(self) -> Facts:
        names = ("source", "other_review", "meeting", "meeting_on", "case", "agree", "seen")
        wanted = {name: value for name, value in self.cleaned_data.items() if name not in names}
        return Facts(**wanted | {"others": tuple(wanted["others"])})
