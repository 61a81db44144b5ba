"""Key messages, the plan by which they reach people, and whether practice changed."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from learning.choices import Impact, ProductKind
from learning.models import LearningPoint, Product
from learning.states import PointStatus
from learning.workflow import MessageFacts, ProductFacts
from panel.models import Agency
from rapid_reviews.models import Audience
from referrals.forms.base import radios, select, textarea
from referrals.forms.base import text as short

NO_NAMES = "No names and no case: everybody reads it. Names that its cases hold become pseudonyms."


class _Points(forms.ModelMultipleChoiceField):
    def label_from_instance(self, point: Any) -> str:
        return f"{point.reference}: {point.text[:140]}"


class MessageForm(Form):
    submit = "Save the key message"
    text = short("Key message", f"One sentence that a busy person remembers. {NO_NAMES}", True, max_length=300)
    why = textarea("Why does it matter?", "For the Executive Group and for whoever makes the products.", True)
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.none(), label="For whom is it?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="At least one before it is recommended to the Executive Group.",
    )  # fmt: skip
    points = _Points(
        LearningPoint.objects.none(), label="Learning points on which it rests (optional)", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Agreed points that you see.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, chosen: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audiences"].queryset = Audience.objects.filter(is_active=True)  # type: ignore[attr-defined]
        visible = LearningPoint.objects.visible_to(user)
        there = visible.filter(status=PointStatus.AGREED) | visible.filter(pk__in=[point.pk for point in chosen])
        self.fields["points"].queryset = there  # type: ignore[attr-defined]

    def facts(self) -> MessageFacts:
        data = self.cleaned_data
        points = tuple(data["points"])
        return MessageFacts(text=data["text"], why=data["why"], audiences=tuple(data["audiences"]), points=points)


class ProductForm(Form):
    submit = "Save"
    kind = select(ProductKind, "What is made?")
    title = short("Title", "No names.", True)
    audience = forms.ModelChoiceField(
        Audience.objects.none(), label="For whom?", empty_label="Choose one",
        error_messages={"required": "Select for whom it is"},
    )  # fmt: skip
    due_on = DateField(label="To be issued by", what="the day by which it is to be issued")
    link = forms.URLField(
        label="Where it is found (optional)", required=False, assume_scheme="https", max_length=500,
        help_text="Agencies see this address when they are asked to pass it on.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, product: Product | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Audience.objects.filter(is_active=True)
        if product is not None:
            rows = rows | Audience.objects.filter(pk=product.audience_id)
        self.fields["audience"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> None:
        self.require("kind", "Select what is made")

    def facts(self) -> ProductFacts:
        return ProductFacts(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class DayForm(Form):
    """One day: of the Executive Group's agreement, of an issue."""

    on = DateField(label="On which day?", what="the day")

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit = submit  # type: ignore[misc]


class AskForm(Form):
    submit = "Ask them"
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Which agencies pass it on?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one agency"},
        help_text="Each safeguarding lead gets a link and needs no account.",
    )  # fmt: skip
    due_on = DateField(label="To be confirmed by", what="the day by which they confirm")

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = product.cascades.exclude(status="withdrawn").values("agency")
        rows = Agency.objects.filter(is_active=True).exclude(pk__in=asked)
        self.fields["agencies"].queryset = rows  # type: ignore[attr-defined]


class ConfirmForm(Form):
    submit = "Confirm"
    how = textarea("How did you pass it on?", "Such as “in all team meetings in May”. No names.", True)
    people = forms.IntegerField(
        label="How many people did it reach?", min_value=1, max_value=1_000_000,
        help_text="As well as you know. A number.",
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"required": "Enter how many people it reached", "invalid": "Enter a whole number",
                        "min_value": "It reached one person or more: enter a number above 0"},
    )  # fmt: skip


class AttendanceForm(Form):
    submit = "Save"
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label="Agency", empty_label="Choose an agency",
        error_messages={"required": "Select the agency"},
    )  # fmt: skip
    held_on = DateField(label="Held on", what="the day on which it was held")
    people = forms.IntegerField(
        label="How many came?", min_value=0, max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"required": "Enter how many came", "invalid": "Enter a whole number",
                        "min_value": "Enter 0 or more"},
    )  # fmt: skip


class ImpactForm(Form):
    submit = "Save"
    outcome = radios(Impact, "Has practice changed?", required=True)
    evidence = textarea("How is it known?", "An audit, a survey, what children say. No names.", True)


class ReasonForm(Form):
    """A page that asks why before it does something. The text is handed on under `name`."""

    reason = textarea("Why?", "No names.", True)

    def __init__(self, *args: Any, submit: str, warning: bool = False, label: str = "Why?", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.warning = submit, warning  # type: ignore[misc]
        self.fields["reason"].label = label
