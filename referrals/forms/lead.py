from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from core.forms import Form
from panel.models import User
from panel.people import holders
from panel.permissions import GRANTS, Permission
from referrals.forms.base import SectionForm
from referrals.models import ConflictOfInterest, Referral


class LeadMixin:
    """Everybody who may lead the case: those who may record one and have no conflict of interest in it."""

    fields: dict[str, forms.Field]

    def offer_leads(self, referral: Referral, today: date) -> None:
        walled = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral=referral)
        people = holders(*GRANTS[Permission.RECORD_CASE], on=today).exclude(pk__in=walled.values("member"))
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]


def _lead() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        User.objects.none(), label="Lead", empty_label="Choose a person", required=False,
        help_text="Gets the reminders first and sees that the statutory dates are met.",
    )  # fmt: skip


class DraftLeadForm(LeadMixin, SectionForm):
    lead = _lead()

    def __init__(self, *args: Any, draft: Referral, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_leads(draft, today)

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {"lead": facts["lead"] and facts["lead"].pk}

    def clean(self) -> None:
        self.ask({"lead": "Select who leads this case"})


class LeadForm(LeadMixin, Form):
    submit = "Save the lead"
    lead = _lead()

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"lead": referral.lead_id}, **kwargs)
        self.offer_leads(referral, today)
        self.fields["lead"].required = True
        self.fields["lead"].error_messages["required"] = "Select who leads this case"
