from typing import Any

from django import forms

from core.forms import Form
from panel.models import Agency
from referrals.forms.base import textarea
from referrals.forms.incident import NO_NAMES
from referrals.models import Child, Referral


class ChildrenField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Child) -> str:
        return obj.name or f"Child {obj.position}, unborn"


class AgencyForm(Form):
    """Add an agency, or say more about one that was added."""

    submit = "Add this agency"
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency", empty_label="Choose an agency",
        error_messages={"required": "Select an agency"},
    )  # fmt: skip
    children = ChildrenField(
        Child.objects.none(), label="Which children did it know?", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Leave all empty if it knew only other people in the family.",
    )  # fmt: skip
    involvement = textarea("How was it involved? (optional)", NO_NAMES)

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = draft.children.order_by("position")
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True).exclude(involvements__referral=draft)


class NoAgencyForm(Form):
    submit = "No agency was involved"

    def buttons(self) -> list[Any]:
        button = super().buttons()[0]
        button.name, button.field_classes = "none", "govuk-button govuk-button--secondary"
        return [button]
