"""Reviews of others: what they are, who reads them, what they mean here."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from learning.choices import Outcome, ReviewKind
from learning.models.base import SEE_ALL
from learning.workflow import ReviewFacts
from panel.models import User
from panel.people import holders
from referrals.forms.base import radios, select, textarea
from referrals.forms.base import text as short

NO_NAMES = "No names: it is read far beyond the Panel."


class ReviewForm(Form):
    submit = "Save"
    title = short("Title of the review", "As published. Use its pseudonym where it has one.", True)
    kind = select(ReviewKind, "Kind")
    area = short("Area or body", "Such as “Inventshire” or “national Panel”.", True, max_length=120)
    published_on = DateField(label="Published on (optional)", what="the day of publication", required=False)
    link = forms.URLField(
        label="Where it can be read (optional)", required=False, assume_scheme="https", max_length=500,
        help_text="The address of the published report.",
    )  # fmt: skip
    findings = textarea("What it found (optional)", f"In a few lines: why it is here. {NO_NAMES}")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        self.require("kind", "Select the kind of review")

    def facts(self) -> ReviewFacts:
        return ReviewFacts(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class AssignForm(Form):
    submit = "Give it to them"
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Who reads it?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who reads it"},
    )  # fmt: skip
    due_on = DateField(label="By when?", what="the day by which it is to be read")

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = holders(*SEE_ALL, on=today)  # type: ignore[attr-defined]


class ImplicationsForm(Form):
    """What one reader says."""

    submit = "Save"
    implications = textarea("What does it mean here?", f"For our children and our agencies. {NO_NAMES}", True)
    suggests = radios(Outcome, "What do you suggest?", required=True)


class DecideForm(Form):
    submit = "Save the decision"
    implications = textarea("What does it mean here?", f"It stands in the highlight report. {NO_NAMES}", True)
    outcome = radios(Outcome, "What is made of it?", required=True)
