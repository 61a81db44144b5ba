"""One thing a page: progress, evidence, another date, and what the Panel says to it."""

from typing import Any

from django import forms
from django.conf import settings

from actions.choices import ClosedBy, Impact, Level, Rag
from core.forms import DateField, Form
from documents.content import ACCEPT
from referrals.forms.base import radios, text, textarea

NO_NAMES = "No names: everybody who sees the action log reads this."


class NoteForm(Form):
    submit = "Save"
    text = textarea("How is it going?", f"What was done since the last time, and what comes next. {NO_NAMES}", True)
    at_risk = forms.BooleanField(
        label="The due date may be missed", required=False, help_text="The action is then amber. Say why above."
    )


class EvidenceForm(Form):
    """A file, a link or words: one of them."""

    submit = "Give this evidence"
    file = forms.FileField(label="A file", required=False, allow_empty_file=True)
    link = forms.URLField(
        label="Or a link", required=False, assume_scheme="https", max_length=500,
        help_text="To a place that the Panel can open.",
    )  # fmt: skip
    elsewhere = text(
        "Or where it is kept", "Such as “Minutes of our board of 3 March, to be seen at our office”.", max_length=1000
    )
    description = text("What does it show? (optional)", NO_NAMES, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = f"PDF, Word, Excel, PowerPoint, text or picture, up to {settings.DOCUMENTS_MAX_MB} MB."
        self.fields["file"].widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload"}

    def clean(self) -> None:
        given = [name for name in ("file", "link", "elsewhere") if self.cleaned_data.get(name)]
        if not given and not self.errors:
            self.add_error("file", "Choose a file, enter a link, or say where the evidence is kept")
        if len(given) > 1:
            self.add_error(given[1], "Give one thing at a time: a file, a link, or where it is kept")


class AskDateForm(Form):
    submit = "Ask for this date"
    wanted_on = DateField(label="Which date do you need?", what="the date that you need")
    reason = textarea("Why?", f"The chair reads this before approving or refusing. {NO_NAMES}", True)


class DecideDateForm(Form):
    submit = "Save the decision"
    approve = forms.ChoiceField(
        label="Do you approve the date?", choices=[("yes", "Approve"), ("no", "Refuse")], widget=forms.RadioSelect,
        error_messages={"required": "Select approve or refuse"},
    )  # fmt: skip
    reason = textarea("Reason", f"Needed where you refuse. {NO_NAMES}")

    def clean(self) -> None:
        if self.cleaned_data.get("approve") == "no":
            self.require("reason", "Say why the date is refused")


class ReasonForm(Form):
    """A page that asks why before it does something."""

    reason = textarea("Why?", NO_NAMES, True)

    def __init__(self, *args: Any, submit: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.warning = submit, warning  # type: ignore[misc]


class ReopenForm(Form):
    submit = "Open it again"
    reason = textarea("Why?", NO_NAMES, True)
    due_on = DateField(label="New due date", what="the new due date")


class CloseForm(Form):
    """Only the chair and the deputy chair close without a meeting."""

    submit = "Close the action"
    how = forms.ChoiceField(
        label="Who closes it?", widget=forms.RadioSelect, choices=[(ClosedBy.MEETING.value, "A meeting")],
        error_messages={"required": "Select who closes it"},
    )  # fmt: skip
    meeting = text("Which meeting?", "Such as “Panel meeting of 3 March 2026”.")
    on = DateField(label="Closed on (optional)", what="the day on which it was closed", required=False)

    def __init__(self, *args: Any, is_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_chair:
            choices = [(ClosedBy.MEETING.value, "A meeting"), (ClosedBy.CHAIR.value, "I do, as chair")]
            self.fields["how"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("how") == ClosedBy.MEETING:
            self.require("meeting", "Say which meeting closed it")
        else:
            self.cleaned_data["meeting"] = ""


class ColourForm(Form):
    submit = "Save"
    colour = forms.ChoiceField(
        label="Colour", widget=forms.RadioSelect, required=False,
        choices=[("", "As its dates give it"), *((r.value, r.label) for r in (Rag.GREEN, Rag.AMBER, Rag.RED))],
        help_text="Blue is not set by hand: it means complete, with evidence that somebody else has seen.",
    )  # fmt: skip
    reason = textarea("Why?", f"Needed where you set a colour. {NO_NAMES}")

    def clean(self) -> None:
        if self.cleaned_data.get("colour"):
            self.require("reason", "Say why the colour is set by hand")


class ImpactForm(Form):
    submit = "Save"
    impact = radios(Impact, "Did it make a difference for children?")
    text = textarea("How is it known?", f"An audit, what children say, figures. {NO_NAMES}")
    check_on = DateField(label="Look (again) on (optional)", what="the date of the next look", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("impact"):
            self.require("text", "Say how it is known")


class EscalateForm(Form):
    submit = "Escalate"
    level = radios(Level, "To whom?", required=True)
    reason = textarea("Why?", f"They read this first, and it stands in the highlight report. {NO_NAMES}", True)


class AnswerForm(Form):
    submit = "Save the answer"
    text = textarea("Answer", f"What was decided, and who does what. {NO_NAMES}", True)
