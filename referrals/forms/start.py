import uuid
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms

from core.forms import Form
from referrals.choices import Kind, Route

REFERRAL = "referral"


class KeyedForm(Form):
    """Carries a key made with the page, so that a double click makes one thing."""

    submit = "Continue"
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}} | kwargs)


class StartForm(KeyedForm):
    """Is it a referral at all? (terms of reference, section 1)"""

    about = forms.ChoiceField(
        label="What is this about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what this is about"},
        choices=[
            Choice(
                REFERRAL,
                "A serious incident, or a case that the Panel should consider",
                hint="A child has died or was seriously harmed, or there may be learning for several agencies.",
                divider="or, which is not a referral:",
            ),
            Choice(Route.WHISTLEBLOWING, "Whistleblowing", hint="You want to report wrongdoing at your work."),
            Choice(
                Route.DISAGREEMENT,
                "A professional disagreement",
                hint="Agencies differ about a decision for a child.",
            ),
            Choice(Route.COMPLAINT, "A complaint about a service"),
            Choice(
                Route.OPERATIONAL,
                "An operational decision or a current risk",
                hint="A complex or entrenched case that needs a decision now.",
            ),
        ],
    )


class KindForm(KeyedForm):
    submit = "Start the draft"
    kind = forms.ChoiceField(
        label="What do you want to record?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to record"},
        choices=[
            Choice(
                Kind.SIN,
                Kind.SIN.label,
                hint="The local authority notifies, or has notified, the national Panel (Children Act 2004 s16C).",
            ),
            Choice(
                Kind.REFERRAL,
                Kind.REFERRAL.label,
                hint="An agency asks the Panel to consider a case. Nobody has notified the national Panel.",
            ),
        ],
    )
