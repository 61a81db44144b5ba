"""Drafts: the file, the agencies, their comments, the answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from core.forms import DateField, Form
from documents.content import ACCEPT
from panel.models import Agency
from practice_reviews.forms.beside import said
from practice_reviews.states import AnswerStatus
from referrals.forms.base import text, textarea


class DraftForm(Form):
    submit = "Add the draft"
    file = forms.FileField(
        label="The draft", allow_empty_file=True, error_messages={"required": "Choose the file of the draft"}
    )
    changes = textarea("What changed since the draft before?", "Which comments are in, what else is new. No names.")

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = (
            f"PDF or Word, up to {settings.DOCUMENTS_MAX_MB} MB, written without names. Agencies get it with "
        )
        file.help_text += "OFFICIAL-SENSITIVE and their name on each page."
        file.widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload"}
        if number == 1:
            del self.fields["changes"]
        else:
            self.fields["changes"].required = True
            self.fields["changes"].error_messages["required"] = f"Say what changed since draft {number - 1}"


class CirculateForm(Form):
    """Only agencies that can be asked are offered; the page lists the others with what is missing."""

    submit = "Send it to these agencies"
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Which agencies check the facts?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one agency"},
    )  # fmt: skip
    due_on = DateField(label="Comments by", what="the day for the comments")

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agencies"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])


class ExtendForm(Form):
    submit = "Move the day"
    due_on = DateField(label="Comments by", what="the new day for the comments")


class CommentForm(Form):
    submit = "Save this comment"
    page = text("Page", "Its number.", max_length=20)
    paragraph = text("Paragraph", "Its number, such as 2.3.", max_length=40)
    says = textarea("What does the draft say? (optional)", "Copy the words.")
    should_say = said(textarea("What should it say?", "", True), "Enter what it should say")
    why = said(
        textarea("Why?", "How it is known: the record, its date. No names of children or family.", True),
        "Enter why, and how it is known",
    )

    def clean(self) -> None:
        if not self.cleaned_data.get("page") and not self.cleaned_data.get("paragraph") and "page" not in self.errors:
            self.add_error("page", "Enter a page, a paragraph, or both")


class AnswerForm(Form):
    submit = "Save the answer"
    answer = forms.ChoiceField(
        label="What becomes of it?", widget=forms.RadioSelect,
        choices=[choice for choice in AnswerStatus.choices if choice[0] != AnswerStatus.OPEN],
        error_messages={"required": "Select what becomes of the comment"},
    )  # fmt: skip
    reason = textarea("Why?", "Needed unless it is accepted in full. The agency reads it.")

    def clean(self) -> None:
        if self.cleaned_data.get("answer") in (AnswerStatus.PARTLY, AnswerStatus.REFUSED):
            self.require("reason", "Say why it is not accepted, or which part")
