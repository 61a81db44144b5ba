from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from core.forms import Form
from referrals.workflow.base import fingerprint

LATER = "later"


def radios(choices: Any, label: str, help_text: str = "", required: bool = False) -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    return forms.ChoiceField(
        choices=choices.choices, label=label, help_text=help_text, required=required, widget=forms.RadioSelect
    )


def select(choices: Any, label: str, help_text: str = "") -> forms.ChoiceField:
    """One of many, as a drop-down; may be left empty."""
    return forms.ChoiceField(choices=[("", "Choose one"), *choices.choices], label=label, help_text=help_text,
                             required=False)  # fmt: skip


def text(label: str, help_text: str = "", required: bool = False, max_length: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=max_length)


def textarea(label: str, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, widget=forms.Textarea)


class ConfirmForm(Form):
    """Nothing to fill in: a page that asks before it does something."""

    warning = True

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit = submit  # type: ignore[misc]


class SectionForm(Form):
    """One part of a draft. "Save and come back later" asks for nothing that is still missing.

    `seen` is the fingerprint of what the part held when the page was made, so that two windows do not overwrite
    each other unnoticed.
    """

    more_buttons: ClassVar[Sequence[tuple[str, str]]] = ((LATER, "Save and come back later"),)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, facts: Mapping[str, Any], **kwargs: Any) -> None:
        self.saved = facts
        super().__init__(*args, initial={**self.as_initial(facts), "seen": fingerprint(facts)}, **kwargs)

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return dict(facts)

    @property
    def is_for_later(self) -> bool:
        return LATER in self.data

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def ask(self, wanted: Mapping[str, str]) -> None:
        """Ask for each field that is still empty, unless the rest comes later."""
        if not self.is_for_later:
            for name, message in wanted.items():
                self.require(name, message)

    def renew(self, facts: Mapping[str, Any]) -> None:
        """After a conflict: what was typed stays, and saving again replaces what the other window saved."""
        self.saved = facts
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(facts)
