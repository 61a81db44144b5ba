"""What the forms beside a review share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from core.forms import Form
from panel.models import Agency
from referrals.forms.base import textarea

MOST = 500  # practitioners of one agency at one event


def said(field: forms.Field, message: str) -> Any:
    """The field, with the sentence for an empty answer: a question as label makes no good one."""
    field.error_messages["required"] = message
    return field


class WhyForm(Form):
    """A page that asks why before it does something."""

    reason = said(textarea("Why?", "", True), "Enter the reason")

    def __init__(self, *args: Any, submit: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.warning = submit, warning  # type: ignore[misc]


class CountsMixin:
    """A number for each agency, in fields of their own; what stays empty is not counted."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    _agencies: Mapping[str, Agency]

    def add_counts(self, agencies: Iterable[Agency], label: str, initial: Mapping[int, int | None]) -> None:
        self._agencies = {f"count_{agency.pk}": agency for agency in agencies}
        for name, agency in self._agencies.items():
            self.fields[name] = forms.IntegerField(
                label=f"{agency.name}: {label}", required=False, min_value=0, max_value=MOST,
                initial=initial.get(agency.pk), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
                error_messages={"invalid": f"Enter a whole number for {agency.name}"},
            )  # fmt: skip

    def counts(self) -> dict[Agency, int]:
        found = {agency: self.cleaned_data.get(name) for name, agency in self._agencies.items()}
        return {agency: number for agency, number in found.items() if number is not None}
