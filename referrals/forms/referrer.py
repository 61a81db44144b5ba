from collections.abc import Mapping
from typing import Any

from django import forms

from panel.models import Agency
from referrals.forms.base import SectionForm, text
from referrals.models import Referral


class ReferrerForm(SectionForm):
    """Which agency refers, and who there gets the letter if the referral is redirected."""

    referring_agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency refers?", empty_label="Choose an agency", required=False
    )
    referrer_name = text("Who refers? (optional)", "A professional, not a family member.", max_length=150)
    referrer_address = forms.EmailField(
        label="Work e-mail (optional)", required=False,
        help_text="If this turns out not to be a referral, the letter that names the right route goes here. Without "
        "it, the letter goes to the person who records the referral.",
        error_messages={"invalid": "Enter an e-mail address in the correct format, like name@example.com"},
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referring_agency"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["referrer_address"].widget.attrs["autocomplete"] = "off"

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {**facts, "referring_agency": facts["referring_agency"] and facts["referring_agency"].pk}

    def clean(self) -> None:
        self.ask({"referring_agency": "Select the agency that refers"})
