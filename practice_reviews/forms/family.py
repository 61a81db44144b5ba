"""Putting somebody on the family contact log, and what happened with them."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.forms.beside import said
from practice_reviews.models import PracticeReview
from referrals.forms.base import text, textarea

ELSE = "else"
READ_BY = "Read by those who may see names."
ON = {"label": "On which day?", "what": "the day of the contact"}


class MemberForm(Form):
    """A child or person of the case who is not on the log yet, or somebody else."""

    submit = "Put on the log"
    who = forms.ChoiceField(label="Who?", widget=forms.RadioSelect, error_messages={"required": "Select who it is"})
    name = text("Full name of somebody else", f"Only for somebody whom the case does not know. {READ_BY}")
    pseudonym = text("How everybody may read of them", "Such as “Aunt of Child A”. No name.", max_length=60)
    reach = textarea("How to reach them, and what to mind (optional)", f"Safe ways and times, interpreter. {READ_BY}")

    def __init__(self, *args: Any, review: PracticeReview, with_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, dict[str, Any]] = {}
        if review.referral is not None:
            taken = review.family.values_list("child", "person")
            self._offer("child", review.referral.children.all(), {child for child, _ in taken})
            self._offer("person", review.referral.people.all(), {person for _, person in taken})
        choices = [(key, self._label(facts, with_names)) for key, facts in self._known.items()]
        self.fields["who"].choices = [*choices, (ELSE, "Somebody else")]  # type: ignore[attr-defined]

    def _offer(self, kind: str, rows: Any, taken: set[int | None]) -> None:
        self._known |= {f"{kind}-{row.key}": {kind: row} for row in rows if row.pk not in taken}

    @staticmethod
    def _label(facts: dict[str, Any], with_names: bool) -> str:
        row = next(iter(facts.values()))
        return f"{row} ({row.name})" if with_names and row.name else str(row)

    def clean(self) -> None:
        who = self.cleaned_data.get("who")
        if who == ELSE:
            self.require("name", "Enter the full name")
            self.require("pseudonym", "Enter how everybody may read of them")
        elif who:
            self.cleaned_data |= {"name": "", "pseudonym": ""}

    def facts(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("name", "pseudonym", "reach")}
        return data | self._known.get(self.cleaned_data["who"], {})


class ReachForm(Form):
    submit = "Save"
    reach = textarea("How to reach them, and what to mind", f"Safe ways and times, interpreter. {READ_BY}")


class ContactForm(Form):
    """One contact, of a kind that the page has chosen."""

    submit = "Save"
    on = DateField(**ON)
    how = text("How, and by whom? (optional)", "Such as “visit by the reviewer” or “letter by the social worker”.")
    text = textarea("What was said? (optional)", READ_BY)

    def __init__(self, *args: Any, kind: ContactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            ContactKind.DECLINE: "Why they declined",
            ContactKind.SET_ASIDE: "Why they are not to be invited",
            ContactKind.NOTE: "What was said",
        }
        if kind in labels:
            field = self.fields["text"]
            field.label, field.required = labels[kind], True
            said(field, f"Write down {labels[kind].rstrip('?').lower()}")
        if kind == ContactKind.DECLINE:
            self.fields["text"].help_text = f"In their words, or “gave no reason”. {READ_BY}"


class LeaveOutForm(Form):
    submit = "Leave it out"
    warning = True
    step = forms.ChoiceField(
        label="Which step will not be taken?", widget=forms.RadioSelect, choices=FamilyStep.choices,
        error_messages={"required": "Select the step"},
    )  # fmt: skip
    reason = said(
        textarea("Why?", f"Such as “cannot be found; letters to two addresses came back”. {READ_BY}", True),
        "Enter the reason",
    )
