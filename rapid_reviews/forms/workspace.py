"""Who writes what, comments, episodes, and the lines of the two tables."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.utils.html import format_html

from core.forms import DateField, Form
from panel.models import User
from rapid_reviews.choices import ProceedingKind
from rapid_reviews.forms.texts import no_marks, plain
from rapid_reviews.models.structured import Listed
from rapid_reviews.outline import Group, Part
from rapid_reviews.workflow.structured import QUESTIONS


class OwnersForm(Form):
    """For each section, who writes it."""

    submit = "Save"

    def __init__(
        self, *args: Any, groups: Sequence[Group], writers: Mapping[int, tuple[User, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups, self.writers = groups, writers
        choices = [("", "Nobody yet"), *((str(pk), label) for pk, (_, label) in writers.items())]
        for part in self.parts:
            self.fields[part.slug] = forms.ChoiceField(
                label=part.title, choices=choices, required=False, initial=str(part.owner.pk) if part.owner else ""
            )

    @property
    def parts(self) -> list[Part]:
        return [part for group in self.groups for part in group.parts]

    def layout(self) -> list[LayoutObject | str]:
        found: list[LayoutObject | str] = []
        for group in self.groups:
            found.append(HTML(format_html('<h2 class="govuk-heading-m">{}</h2>', group.title)))
            found += [Field(part.slug) for part in group.parts]
        return found

    @property
    def owners(self) -> dict[tuple[str, int | None], User | None]:
        """What workflow.assign_sections takes."""
        chosen = {part.place: self.cleaned_data[part.slug] for part in self.parts}
        return {place: self.writers[int(pk)][0] if pk else None for place, pk in chosen.items()}


class CommentForm(Form):
    submit = "Save the comment"
    text = forms.CharField(
        label="Your comment",
        widget=forms.Textarea,
        max_length=5000,
        error_messages={"required": "Write the comment"},
        help_text="Members of the Panel and invited representatives of this case read it. It is no part of the report.",
    )


class EpisodeForm(Form):
    """One key practice episode analysed; half an answer may be saved."""

    submit = "Save"
    happened = forms.CharField(label="What happened", required=False, widget=forms.Textarea)
    expected = forms.CharField(
        label="What was expected",
        required=False,
        widget=forms.Textarea,
        help_text="By law, guidance, procedure, or good practice at the time.",
    )
    why = forms.CharField(
        label="Why it went as it did",
        required=False,
        widget=forms.Textarea,
        help_text="What made sense to those who were there: workload, information, supervision, the family.",
    )
    teaches = forms.CharField(label="What it teaches", required=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        no_marks(self, *QUESTIONS)
        return data

    @property
    def answers(self) -> dict[str, str]:
        return {name: plain(self.cleaned_data[name]) for name in QUESTIONS}


class LineForm(Form):
    """A line of a table. `uuid` is minted with the empty form, so that two clicks add one line."""

    submit = "Save"
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, line: Listed | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": 0, "uuid": uuid4()}
        if line is not None:
            initial = {name: getattr(line, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        no_marks(self, *self.long)
        return data

    @property
    def long(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]

    @property
    def facts(self) -> dict[str, Any]:
        """What the workflow takes."""
        return {name: plain(v) if isinstance(v, str) else v for name, v in self.cleaned_data.items()}


class LearningForm(LineForm):
    message = forms.CharField(label="What was learned", widget=forms.Textarea)
    audience = forms.CharField(label="Who needs to know", max_length=300)
    channel = forms.CharField(
        label="How it is shared", max_length=300, help_text="For example a briefing, a team meeting, a change of form."
    )
    by_whom = forms.CharField(label="Who shares it", max_length=200, help_text="A role or an agency will do.")
    due_on = DateField(label="By when", what="the date by which it is shared")
    shared_on = DateField(label="Shared on, if it has been", what="the date on which it was shared", required=False)


class ProceedingForm(LineForm):
    kind = forms.ChoiceField(label="Kind of proceedings", choices=[("", "Choose a kind"), *ProceedingKind.choices])
    contact = forms.CharField(label="Contact", max_length=300, help_text="Role and agency of who knows how far it is.")
    state = forms.CharField(label="How far it is", max_length=300)
    next_on = DateField(label="Next date, if there is one", what="the next date", required=False)
    effect = forms.CharField(label="Effect on this review and on publication", widget=forms.Textarea, required=False)
