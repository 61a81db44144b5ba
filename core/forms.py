"""Forms as GOV.UK pages: every form of ours derives from `Form` or `ModelForm` here.

A page shows `{% error_summary form %}` above its h1 and `{% crispy form %}` below it; bad input keeps what was typed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, ConditionalQuestion, ConditionalRadios, Div, Field, Layout, Size
from crispy_forms_gds.widgets import DateInputWidget
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, pretty_name
from django.http import QueryDict

FIRST_YEAR, LAST_YEAR = 1900, 2199  # outside it a year is a slip of the finger
PARTS = ("day", "month", "year")
REQUIRED = forms.Field.default_error_messages["required"]


def _in_a_sentence(label: str) -> str:
    """The label as it stands inside a sentence: "Full name" → "full name", but "ICB" stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


class DateWidget(DateInputWidget):
    """Three boxes that bring up the number pad on a phone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for widget in self.widgets:
            widget.attrs["inputmode"] = "numeric"


class DateField(DateInputField):
    """A date typed as day, month and year. `what` completes its errors: "Enter …", "… must be a real date"."""

    widget = DateWidget

    def __init__(self, *, what: str = "the date", **kwargs: Any) -> None:
        kwargs.setdefault("require_all_fields", False)
        super().__init__(**kwargs)
        self.what = what

    def clean(self, value: Any) -> date | None:
        if self.disabled and not isinstance(value, list):
            value = self.widget.decompress(value)
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        for field in self.fields:
            field.widget.errors = []
        if not any(parts):
            if self.required:
                raise ValidationError(f"Enter {self.what}", code="required")
            return None
        missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            self._refuse(f"{self._What} must include a {' and a '.join(missing)}", missing)
        return self._date(parts)

    def _date(self, parts: list[str]) -> date:
        day, month, year = parts
        bad = [name for name, part in zip(PARTS, parts, strict=True) if not (part.isascii() and part.isdigit())]
        if bad:
            self._refuse(f"{self._What} must be a real date, in numbers", bad)
        if not FIRST_YEAR <= int(year[:6]) <= LAST_YEAR:
            self._refuse(f"{self._What} must have a year of four numbers", ["year"])
        try:
            return date(int(year), int(month[:4]), int(day[:4]))
        except ValueError:
            self._refuse(f"{self._What} must be a real date", ["day", "month"])
        raise AssertionError("unreachable")

    @property
    def _What(self) -> str:  # noqa: N802 - "what", capitalised
        return self.what[:1].upper() + self.what[1:]

    def _refuse(self, message: str, parts: Sequence[str]) -> None:
        """Mark each of `parts`; the summary links once, to the first (see templates/gds/layout/error_summary.html)."""
        for name, field in zip(PARTS, self.fields, strict=True):
            if name in parts:
                field.widget.errors.append(message if name == parts[0] else "")
        raise ValidationError(message, code="invalid")


class Restored(QueryDict):
    """What somebody typed before their session ended, given back to the form: neither checked nor saved."""


class FormMixin:
    """A crispy helper made from the form itself.

    `submit` is the main button's text; `more_buttons` are pairs (name, text) of secondary ones. `layout()` may be
    overridden; by default the fields come in their order, labels and legends in bold.
    """

    fields: dict[str, forms.Field]
    submit: ClassVar[str] = "Save and continue"
    more_buttons: ClassVar[Sequence[tuple[str, str]]] = ()
    warning: ClassVar[bool] = False  # the main button ends or removes something

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 5
            if not isinstance(field, DateField) and field.error_messages.get("required") == REQUIRED:
                verb = "Select" if isinstance(field.widget, forms.widgets.ChoiceWidget) else "Enter"
                field.error_messages["required"] = f"{verb} {_in_a_sentence(str(field.label or pretty_name(name)))}"

    @property
    def is_restored(self) -> bool:
        return isinstance(self.data, Restored)  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Half-written text that comes back is not called wrong before its author has gone on with it."""
        if self.is_restored:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()  # type: ignore[misc]

    def is_valid(self) -> bool:
        return not self.is_restored and super().is_valid()  # type: ignore[misc]

    def layout(self) -> list[LayoutObject | str]:
        return [Field(name) for name in self.fields]

    def buttons(self) -> list[LayoutObject]:
        main = Button.warning if self.warning else Button.primary
        made = [main("save", self.submit, data_prevent_double_click="true")]
        return made + [Button.secondary(name, text) for name, text in self.more_buttons]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.label_size, helper.legend_size = Size.SMALL, Size.SMALL
        helper.attrs = {"novalidate": True}
        helper.layout = Layout(*self.layout(), Div(*self.buttons(), css_class="govuk-button-group"))
        return helper

    def reveal(self, name: str, **revealed: Sequence[str]) -> ConditionalRadios:
        """The radios of the field `name`; `value=["field", …]` shows those fields when `value` is chosen.

        Without JavaScript they are shown always, so what belongs together is checked in `clean`, not hidden.
        """
        choices = [(str(value), str(label)) for value, label in self.fields[name].choices]  # type: ignore[attr-defined]
        return ConditionalRadios(
            name, *[ConditionalQuestion(label, *map(Field, revealed.get(value, ()))) for value, label in choices]
        )

    def require(self, name: str, message: str) -> None:
        """For `clean`: say `message` at the field `name` where nothing was typed in it and nothing else is wrong."""
        if not self.cleaned_data.get(name) and name not in self.errors:  # type: ignore[attr-defined]
            self.add_error(name, message)  # type: ignore[attr-defined]


class Form(FormMixin, forms.Form):
    """Base of forms without a model."""


class ModelForm(FormMixin, forms.ModelForm):
    """Base of forms for the fields of one model."""
