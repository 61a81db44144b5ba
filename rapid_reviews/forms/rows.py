"""Rows of fields in a form, with a button that adds one: they need no script."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Button, Div, Field
from django import forms

from core.forms import Form

MOST = 20


class Rows:
    """The fields `<name>-<number>-<part>` of `form`; as many as were posted, or one more than there are saved.

    `parts` gives each part's label. The button `add_<name>` asks for one row more.
    """

    def __init__(self, form: Form, name: str, parts: Mapping[str, str], saved: Sequence[Mapping[str, Any]]) -> None:
        self.form, self.name, self.parts = form, name, parts
        count = max(1, len(saved))
        if form.is_bound:
            typed = str(form.data.get(f"{name}_rows", ""))
            count = int(typed[:3]) if typed.isascii() and typed.isdigit() else count
            count += f"add_{name}" in form.data
        self.count = min(max(count, 1), MOST)
        for number in range(self.count):
            row = saved[number] if number < len(saved) else {}
            for part, label in parts.items():
                form.fields[f"{name}-{number}-{part}"] = forms.CharField(
                    label=label if number == 0 else f"{label} ({number + 1})",
                    required=False,
                    initial=row.get(part, ""),
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
        form.fields[f"{name}_rows"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=self.count, min_value=1
        )
        if form.is_bound:
            form.data = form.data.copy()
            form.data[f"{name}_rows"] = str(self.count)

    def choose(self, part: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Make `part` a drop-down of `choices`."""
        for number in range(self.count):
            field = self.form.fields[f"{self.name}-{number}-{part}"]
            self.form.fields[f"{self.name}-{number}-{part}"] = forms.ChoiceField(
                label=field.label, required=False, initial=field.initial, choices=[("", "Nobody"), *choices]
            )

    def layout(self, another: str) -> list[LayoutObject]:
        rows = [
            Div(*(Field(f"{self.name}-{number}-{part}") for part in self.parts), css_class="app-rr-row")
            for number in range(self.count)
        ]
        return [*rows, Field(f"{self.name}_rows"), Button.secondary(f"add_{self.name}", another)]

    def _row(self, number: int) -> dict[str, str]:
        return {
            part: str(self.form.cleaned_data.get(f"{self.name}-{number}-{part}") or "").replace("\r\n", "\n")
            for part in self.parts
        }

    @property
    def filled(self) -> list[dict[str, str]]:
        """Rows in which something stands, in order."""
        rows = [self._row(number) for number in range(self.count)]
        return [row for row in rows if any(row.values())]

    def require_one(self, message: str) -> None:
        if not self.filled:
            self.form.add_error(f"{self.name}-0-{next(iter(self.parts))}", message)

    def require_whole(self, messages: Mapping[str, str]) -> None:
        """A row that was begun needs all its parts."""
        for number in range(self.count):
            row = self._row(number)
            for part, message in messages.items():
                if any(row.values()) and not row[part]:
                    self.form.add_error(f"{self.name}-{number}-{part}", message)
