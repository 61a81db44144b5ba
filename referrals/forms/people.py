from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms

from core.forms import DateField
from referrals.choices import PersonRole, YesNoUnknown
from referrals.forms.agencies import ChildrenField
from referrals.forms.base import SectionForm, radios, text, textarea
from referrals.forms.incident import NO_NAMES
from referrals.models import Child, Referral

OLDEST = 120  # years


class PersonForm(SectionForm):
    """A parent, carer, sibling or other person."""

    role = radios(PersonRole, "Who is this person to the children?", required=True)
    role_other = text("Who is the other person?", "In a few words and without a name: “a neighbour”.")
    children = ChildrenField(
        Child.objects.none(), label="To which of the children?", required=False, widget=forms.CheckboxSelectMultiple
    )
    name = text("Full name", "Leave empty if it is not known. Seen only by people who may see names.")
    other_names = text("Other names (optional)", "Names used earlier, nicknames, spellings.", max_length=300)
    date_of_birth = DateField(
        label="Date of birth", what="the date of birth", required=False,
        help_text="For example, 27 3 1991. Leave empty if it is not known.",
    )  # fmt: skip
    lives_with = radios(YesNoUnknown, "Did this person live with the children at the incident?")
    details = textarea("What else is known that matters? (optional)", NO_NAMES)

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = referral.children.order_by("position")  # type: ignore[attr-defined]
        self.fields["role"].error_messages["required"] = "Select who this person is to the children"

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {**facts, "children": [child.pk for child in facts["children"]]}

    def layout(self) -> list[LayoutObject | str]:
        return [
            "seen",
            self.reveal("role", other=["role_other"]),
            "children",
            "name",
            "other_names",
            "date_of_birth",
            "lives_with",
            "details",
        ]

    def clean(self) -> None:
        if self.cleaned_data.get("role") == PersonRole.OTHER:
            self.require("role_other", "Say who the other person is")
        else:
            self.cleaned_data["role_other"] = ""
        born = self.cleaned_data.get("date_of_birth")
        if born and born > self.today:
            self.add_error("date_of_birth", "The date of birth cannot be in the future")
        elif born and born.year < self.today.year - OLDEST:
            self.add_error("date_of_birth", f"The date of birth cannot be more than {OLDEST} years ago")
        self.ask({"lives_with": "Select whether this person lived with the children"})
