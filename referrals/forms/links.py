from typing import Any

from django import forms

from core.forms import Form
from referrals.choices import LinkKind
from referrals.forms.base import radios, textarea
from referrals.forms.incident import NO_NAMES
from referrals.models import Referral


class LinkForm(Form):
    """Link this case with another one that the person may see; other cases are not offered and not known here."""

    submit = "Link the cases"
    other = forms.ModelChoiceField(
        Referral.objects.none(), label="With which case?", empty_label="Choose a case", to_field_name="reference",
        error_messages={"required": "Select a case", "invalid_choice": "Select one of the cases in the list"},
    )  # fmt: skip
    kind = radios(LinkKind, "Why do they belong together?", required=True)
    reason = textarea("Your reasons", NO_NAMES, required=True)

    def __init__(self, *args: Any, referral: Referral, visible: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = visible.recorded().exclude(pk=referral.pk).order_by("-reference")  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["required"] = "Select why they belong together"
        self.fields["reason"].error_messages["required"] = "Enter your reasons"


class UnlinkForm(Form):
    submit = "End the link"
    warning = True
    reason = textarea("Why do they not belong together?", NO_NAMES, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why they do not belong together"
