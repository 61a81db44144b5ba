from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.forms import DateField, Form
from documents.content import ACCEPT
from documents.models import Document
from panel.models import User
from panel.people import holders
from panel.permissions import GRANTS, Permission
from rapid_reviews.choices import Naming, Reply
from rapid_reviews.models import ReviewReport
from rapid_reviews.workflow import Sent

CHECKS = (
    ("read", "I have read the whole report, its free text too: it holds nothing that must not go out"),
    ("version", "It is the version, with names or pseudonymised, that the national Panel asks for"),
    ("secure", "It went by a secure route, marked OFFICIAL-SENSITIVE"),
)


class ReportForm(Form):
    submit = "Make the report"
    naming = forms.ChoiceField(label="How should people stand in it?", choices=Naming.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, names: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"naming": Naming.PSEUDONYMISED})
        super().__init__(*args, **kwargs)
        if not names:
            self.fields["naming"].choices = [(Naming.PSEUDONYMISED.value, Naming.PSEUDONYMISED.label)]  # type: ignore[attr-defined]


class SendForm(Form):
    """Which report went, when, by whom, where to, and if late why. `due` is the statutory date while it can be missed.

    `made` are the reports made here that may be sent, `documents` those of the case that may be the report.
    """

    submit = "Record as sent"
    report = forms.ChoiceField(
        label="Which report was sent?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the report that was sent"},
    )
    naming = forms.ChoiceField(
        label="If it is a document of the case: how do people stand in it?",
        choices=[("", "Choose"), *Naming.choices],
        required=False,
    )
    checks = forms.MultipleChoiceField(
        label="Check before you record it", choices=CHECKS, widget=forms.CheckboxSelectMultiple, required=False
    )
    address = forms.CharField(
        label="Where was it sent?",
        max_length=254,
        help_text="The national Panel’s e-mail address or the name of its portal.",
        error_messages={"required": "Enter the address to which it was sent"},
    )
    sent_on = DateField(label="When was it sent?", what="the date on which it was sent")
    sender = forms.ModelChoiceField(label="Who sent it?", queryset=User.objects.none(), empty_label=None)
    late_reason = forms.CharField(label="Why was it late?", widget=forms.Textarea, required=False)
    told = forms.CharField(
        label="Who was told that it would be late?",
        required=False,
        help_text="For example the national Panel.",
    )

    def __init__(
        self,
        *args: Any,
        due: date | None,
        on: date,
        by: User,
        made: Sequence[ReviewReport],
        documents: Sequence[Document],
        address: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"sent_on": on, "sender": by.pk, "address": address}, **kwargs)
        self.due = due
        self.fields["sender"].queryset = holders(*GRANTS[Permission.SEND_RAPID_REVIEW], on=on)  # type: ignore[attr-defined]
        self.sent = {f"made-{report.pk}": Sent(made=report) for report in made}
        self.sent |= {f"document-{document.pk}": Sent(document=document) for document in documents}
        labels = [f"Report made here, {report.get_naming_display().lower()}" for report in made]
        labels += [f"Document {one.filename}{f': {one.description}' if one.description else ''}" for one in documents]
        self.fields["report"].choices = list(zip(self.sent, labels, strict=True))  # type: ignore[attr-defined]
        if not documents:
            del self.fields["naming"]
        if due is None or on <= due:
            del self.fields["late_reason"], self.fields["told"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if len(data.get("checks", [])) < len(CHECKS):
            self.add_error("checks", "Tick each line when it is true. Until then do not send it")
        if data.get("report", "").startswith("document-"):
            self.require("naming", "Select how people stand in this document")
        if self.due and data.get("sent_on") and data["sent_on"] > self.due and "told" in self.fields:
            self.require("late_reason", "Say why it was late")
            self.require("told", "Say who was told that it would be late")
        return data

    @property
    def chosen(self) -> Sent:
        """After it was found valid."""
        sent = self.sent[self.cleaned_data["report"]]
        return Sent(document=sent.document, naming=Naming(self.cleaned_data["naming"])) if sent.document else sent


class _Letter(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload"}


class ReceiptForm(_Letter):
    submit = "Record the receipt"
    on = DateField(label="When did they confirm that they have it?", what="the date of the confirmation")
    reference = forms.CharField(label="Their reference (optional)", max_length=60, required=False)
    letter = forms.FileField(
        label="Their confirmation (optional)", required=False, help_text="E-mails: save them as PDF."
    )


class ReplyForm(_Letter):
    submit = "Record the reply"
    kind = forms.ChoiceField(
        label="What does the national Panel say?",
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the national Panel says"},
        help_text="If it disagrees, the Panel recommends anew and the three partners decide anew.",
    )
    on = DateField(label="When did the reply arrive?", what="the date on which the reply arrived")
    text = forms.CharField(
        label="What does it say?",
        widget=forms.Textarea,
        help_text="In its own words. For questions: the questions.",
        error_messages={"required": "Enter what the reply says"},
    )
    reference = forms.CharField(label="Their reference (optional)", max_length=60, required=False)
    letter = forms.FileField(
        label="Their letter (optional)",
        required=False,
        help_text="E-mails: save them as PDF. Leave it empty only where nothing came in writing.",
    )


class QuestionsAnswerForm(Form):
    submit = "Record the answer"
    answer = forms.CharField(
        label="What was answered?", widget=forms.Textarea, error_messages={"required": "Enter the answer that was sent"}
    )
    on = DateField(label="When was it sent?", what="the date on which the answer was sent")
