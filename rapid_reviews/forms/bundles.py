from django import forms

from core.forms import Form


class SafeCopyForm(Form):
    """Why somebody says that a document names nobody."""

    submit = "Mark it"

    reason = forms.CharField(
        label="What did you check?",
        help_text="For example: every page read; names, dates of birth and addresses are blacked out.",
        widget=forms.Textarea,
        error_messages={"required": "Say what you checked"},
    )
