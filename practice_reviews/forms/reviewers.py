"""The search for a reviewer, the declaration, the chair's ruling, and written requests."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.roles import StatutoryRole
from practice_reviews.workflow import Asked, Declared
from rapid_reviews.choices import PARTNERS
from referrals.forms.base import text, textarea

NO_NAMES = "No names of children or families."


class ReviewerForm(Form):
    submit = "Consider this person"
    name = text("Name", required=True, max_length=150)
    organisation = text("Organisation (optional)")
    address = forms.EmailField(label="Work e-mail (optional)", required=False)
    expertise = textarea("Knowledge and experience (optional)", "What they bring to this review.")


class AppointForm(Form):
    submit = "Appoint"
    reason = textarea("Why this reviewer?", "Knowledge, experience, independence, free when needed.", True)
    on = DateField(label="Appointed on (optional)", what="the day", required=False, help_text="Left open: today.")


class DeclarationForm(Form):
    submit = "Record the declaration"
    text = textarea("The declaration, in the reviewer’s words", NO_NAMES, True)
    apart_from_agencies = forms.BooleanField(label="Independent of the agencies in scope", required=False)
    apart_from_line = forms.BooleanField(label="Independent of the line management of the case", required=False)
    declared_on = DateField(label="Declared on", what="the day of the declaration")

    def declared(self) -> dict[str, Any]:
        return {"declared": Declared(**self.cleaned_data)}


class RulingForm(Form):
    submit = "Save the ruling"
    accept = forms.ChoiceField(
        label="Do you accept the declaration?", choices=[("yes", "Accept"), ("no", "Do not accept")],
        widget=forms.RadioSelect, error_messages={"required": "Select accept or do not accept"},
    )  # fmt: skip
    grounds = textarea("Grounds", "Needed where it is not independence in full, or where you do not accept it.")

    def ruling(self) -> dict[str, Any]:
        return {"accept": self.cleaned_data["accept"] == "yes", "grounds": self.cleaned_data["grounds"]}


class RequestForm(Form):
    submit = "Record the request"
    partner = forms.ChoiceField(
        label="Which Safeguarding Partner asks?",
        widget=forms.RadioSelect,
        choices=[(p.value, p.label) for p in PARTNERS],
    )
    text = textarea("What is asked", NO_NAMES, True)
    asked_on = DateField(label="Asked in writing on", what="the day of the request")
    answer_by = DateField(label="Answer by", what="the day by which the answer is due")

    def clean(self) -> None:
        asked, due = self.cleaned_data.get("asked_on"), self.cleaned_data.get("answer_by")
        if asked and due and due < asked:
            self.add_error("answer_by", "The answer cannot be due before it is asked for")

    def asked(self) -> dict[str, Any]:
        return {"asked": Asked(**self.cleaned_data | {"partner": StatutoryRole(self.cleaned_data["partner"])})}


class RequestAnswerForm(Form):
    submit = "Record the answer"
    text = textarea("What did the reviewer answer?", NO_NAMES, True)
    on = DateField(label="Answered on (optional)", what="the day", required=False, help_text="Left open: today.")
