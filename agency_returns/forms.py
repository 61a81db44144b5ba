"""The forms of asking and answering."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from agency_returns.choices import HINTS, ISSUES, Finding, Part
from agency_returns.models import ReturnPart
from core.forms import DateField, Form
from documents.content import ACCEPT
from documents.forms import FilesField, files_help
from documents.models import DocumentKind
from referrals.forms.base import LATER, text, textarea


class PartForm(Form):
    """One part of the return. Whatever is written so far is kept by "Save and come back later"."""

    more_buttons: ClassVar[Sequence[tuple[str, str]]] = ((LATER, "Save and come back later"),)

    finding = forms.ChoiceField(label="Your answer", choices=Finding.choices, widget=forms.RadioSelect, required=False)
    text = textarea("In your words")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, key: Part, saved: ReturnPart | None, held: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        initial = {"revision": saved.revision if saved else 0}
        if saved is not None:
            initial |= {"finding": saved.finding, "text": saved.text}
        super().__init__(*args, initial=initial | (held or {}), **kwargs)
        self.is_issue = key in ISSUES
        field = self.fields["text"]
        field.widget.attrs["rows"] = 10
        field.help_text = HINTS[key]
        if self.is_issue:
            field.label = "Your reasons"
        else:
            del self.fields["finding"]

    @property
    def is_for_later(self) -> bool:
        return LATER in self.data

    def clean(self) -> None:
        if self.is_for_later:
            return
        if self.is_issue:
            self.require("finding", "Select your answer")
        self.require("text", "Give your reasons" if self.is_issue else "Write something, or that there is nothing")

    def renew(self, revision: int) -> None:
        """After a conflict: what was typed stays, and saving again replaces what the other window saved."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)


class FilesForm(Form):
    """Files for the return. Description and type are the same for those chosen together."""

    submit = "Attach"
    kind = forms.ModelChoiceField(
        DocumentKind.objects.none(), label="What kind of document is it?", empty_label="Choose a type",
        to_field_name="code", error_messages={"required": "Select what kind of document it is"},
    )  # fmt: skip
    description = text("Title", "What it is, without names: it stands in the receipt.", required=True, max_length=300)
    chosen = FilesField(label="Files", error_messages={"required": "Choose at least one file"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = DocumentKind.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["chosen"].help_text = files_help()
        self.fields["chosen"].widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload app-drop"}

    def facts(self) -> dict[str, str]:
        return {"kind": self.cleaned_data["kind"].code, "description": self.cleaned_data["description"]}


class NoRowsForm(Form):
    submit = "Save"
    reason = textarea("Why is there no chronology?", "For example: we knew of one telephone call only.", True)


class HandOverForm(Form):
    submit = "Send the link"
    name = text("Your colleague’s name", required=True, max_length=150)
    address = forms.EmailField(
        label="Their work e-mail", help_text="The link and its code go to this address, and lead to this part only."
    )


class SubmitForm(Form):
    """To whom it goes for sign-off."""

    submit = "Submit for sign-off"
    signer_name = text("Senior lead’s name", "Who answers for your agency’s return.", True, 150)
    signer_address = forms.EmailField(
        label="Senior lead’s work e-mail", help_text="They get a link of their own and a code to this address."
    )
    same_person_reason = textarea(
        "If that is you: why does nobody else sign it off?", "Leave it empty if somebody else signs it off."
    )


class SendBackForm(Form):
    submit = "Send it back"
    reason = textarea("What do you want changed?", "The contributor reads this.", True)


class AskForm(Form):
    """What is asked of every agency alike."""

    submit = "Send the requests"
    due_on = DateField(label="Returns wanted by", what="the date by which returns are wanted")
    period_from = DateField(label="Records from (optional)", what="the first day of the period", required=False)
    period_to = DateField(label="Records to (optional)", what="the last day of the period", required=False)
    where_lived = textarea(
        "Addresses to search (optional)",
        "Where the children lived, with from and until. Shown only after the code, never in a mail.",
    )

    def clean(self) -> None:
        first, last = self.cleaned_data.get("period_from"), self.cleaned_data.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", "The period must end after it begins")


class ChangeRequestForm(Form):
    submit = "Save"
    lead_name = text("Safeguarding lead", required=True, max_length=150)
    lead_address = forms.EmailField(
        label="Safeguarding lead’s work e-mail",
        help_text="Another address gets a link of its own at once; the links to the old one end.",
    )
    due_on = DateField(label="Due", what="the due date")
