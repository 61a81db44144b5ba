from django import forms

from access_links.workflow import DIGITS
from core.forms import Form


class SendCodeForm(Form):
    """No field: the button alone, so that reading the page sends nothing."""

    submit = "Send me a code"


class CodeForm(Form):
    """The code from the mail. Spaces and dashes between its digits do no harm."""

    submit = "Continue"

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text=f"{DIGITS} digits, from the mail we sent you",
        error_messages={"required": "Enter the code from the mail"},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "spellcheck": "false",
            }
        ),
    )
