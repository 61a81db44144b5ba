from typing import Any

from crispy_forms_gds.layout import HTML, Field, Fieldset, Size
from django.forms import ChoiceField

from core.forms import Form
from referrals.choices import AbuseOrNeglect, Decision, HarmTest, Route, Whereabouts, YesNoUnknown
from referrals.forms.base import radios, select, textarea
from referrals.models import Referral
from referrals.models.screening import CIRCUMSTANCES
from referrals.states import TABLE

HARM_GUIDANCE = (
    "Serious harm includes serious or long-term impairment of mental health or of intellectual, emotional, social or "
    "behavioural development, and of physical health. That the child recovers does not mean that there was none."
)


CIRCUMSTANCES_GUIDANCE = (
    "Working Together asks that regard be had to these four circumstances, whether or not the criteria are met."
)


def circumstance(label: str, help_text: str = "") -> ChoiceField:
    return radios(YesNoUnknown, label, help_text, required=True)


class ScreeningForm(Form):
    submit = "Record the screening"
    abuse = radios(AbuseOrNeglect, "Is abuse or neglect known or suspected?", required=True)
    abuse_reasons = textarea("Your reasons", required=True)
    harm = radios(HarmTest, "Did a child die, or was a child seriously harmed?", HARM_GUIDANCE, required=True)
    harm_reasons = textarea("Your reasons", required=True)
    whereabouts = radios(Whereabouts, "Where did it happen?", "Children Act 2004 section 16C(1).", required=True)
    whereabouts_reasons = textarea("Your reasons", "Needed unless it happened in the area.")
    single_agency = circumstance("Is there concern about a single agency’s actions?")
    single_agency_reasons = textarea("Your reasons")
    no_agency = circumstance("Was no agency involved, and is that a concern?")
    no_agency_reasons = textarea("Your reasons")
    several_areas = circumstance(
        "Is more than one local authority, police area or ICB concerned?", "For example, a family that moved."
    )
    several_areas_reasons = textarea("Your reasons")
    institution = circumstance(
        "Did it happen in an institutional setting?", "For example, a residential home, school, hospital or custody."
    )
    institution_reasons = textarea("Your reasons")
    decision = radios(Decision, "What follows?", required=True)
    information_wanted = textarea("Which information is needed, and from whom?")
    route = select(Route, "What is it instead?")
    reasons = textarea("Reasons for the outcome", required=True)

    ASK = {
        "abuse": "Select whether abuse or neglect is known or suspected",
        "abuse_reasons": "Enter your reasons about abuse or neglect",
        "harm": "Select whether a child died or was seriously harmed",
        "harm_reasons": "Enter your reasons about death or serious harm",
        "whereabouts": "Select where it happened",
        "single_agency": "Select whether there is concern about a single agency’s actions",
        "no_agency": "Select whether no agency was involved",
        "several_areas": "Select whether more than one area is concerned",
        "institution": "Select whether it happened in an institutional setting",
        "decision": "Select what follows",
        "reasons": "Enter the reasons for the outcome",
    }

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        self.referral = referral
        super().__init__(*args, **kwargs)
        for name, message in self.ASK.items():
            self.fields[name].error_messages["required"] = message
        # Screened meanwhile: let the workflow say whether this is the same again or comes too late.
        possible = [(d.value, d.label) for d in Decision if TABLE.find(referral.status, d.value)]
        self.fields["decision"].choices = possible or Decision.choices  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        values = {value for value, _ in self.fields["decision"].choices}  # type: ignore[attr-defined]
        followed = {Decision.MORE_INFORMATION.value: ["information_wanted"], Decision.REDIRECT.value: ["route"]}
        return [
            self._part("Is it a serious child safeguarding case?", "abuse", "abuse_reasons", "harm", "harm_reasons"),
            self._part("Is it notifiable?", "whereabouts", "whereabouts_reasons"),
            self._circumstances(),
            Fieldset(
                self.reveal("decision", **{key: names for key, names in followed.items() if key in values}),
                Field("reasons"),
                legend="Outcome", legend_size=Size.MEDIUM, legend_tag="h2",
            ),
        ]  # fmt: skip

    def _circumstances(self) -> Fieldset:
        """Each with its reasons, which a "no" may do without."""
        fields = [Field(name) for one in CIRCUMSTANCES for name in (one, f"{one}_reasons")]
        hint = HTML(f'<p class="govuk-hint">{CIRCUMSTANCES_GUIDANCE}</p>')
        return Fieldset(
            hint, *fields, legend="Circumstances to have regard to", legend_size=Size.MEDIUM, legend_tag="h2"
        )

    def _part(self, legend: str, *names: str) -> Fieldset:
        return Fieldset(*map(Field, names), legend=legend, legend_size=Size.MEDIUM, legend_tag="h2")

    def clean(self) -> None:
        if self.cleaned_data.get("whereabouts") not in {None, "", Whereabouts.IN_AREA}:
            self.require("whereabouts_reasons", "Say where it happened and where the child normally lived")
        for name in CIRCUMSTANCES:
            if self.cleaned_data.get(name) not in {None, "", YesNoUnknown.NO}:
                self.require(f"{name}_reasons", "Give your reasons about this circumstance")
        decision = self.cleaned_data.get("decision")
        if decision == Decision.MORE_INFORMATION:
            self.require("information_wanted", "Say which information is needed, and from whom")
        else:
            self.cleaned_data["information_wanted"] = ""
        if decision == Decision.REDIRECT:
            self.require("route", "Select what it is instead")
        else:
            self.cleaned_data["route"] = ""


class WithdrawForm(Form):
    submit = "Withdraw the case"
    warning = True
    reason = textarea("Why is the case withdrawn?", "For example: it was recorded twice, or by mistake.", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why the case is withdrawn"
