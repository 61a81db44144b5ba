"""Agreement and sign-off."""

from core.forms import DateField, Form
from practice_reviews.forms.beside import said
from referrals.forms.base import text, textarea


class AgreeForm(Form):
    submit = "Record the agreement"
    agreed_by = said(text("Who agreed for the partner?", "Name and role.", True), "Enter who agreed")
    agreed_on = DateField(label="On which day?", what="the day of the agreement")


class SignOffForm(Form):
    submit = "Sign the review off"
    statement = textarea(
        "Your statement", "What you have read, and that the report answers the lines of enquiry. No names.", True
    )
