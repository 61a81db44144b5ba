"""Commissioning: on the partners' decision in a case, or by the Panel, for a case or for none."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.models import Agency
from practice_reviews.choices import Basis, Kind
from practice_reviews.kinds import KINDS, by_panel
from practice_reviews.workflow import Commission
from referrals.forms.base import text, textarea
from referrals.models import Referral

NO_NAMES = "No names: it stands in lists, mails and reports."


class _Base(Form):
    submit = "Commission the review"
    title = text("Title", f"Such as “Bruising in babies who do not crawl yet”. {NO_NAMES}", required=True)
    purpose = textarea("What is it for? (optional)", NO_NAMES)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency reviews itself?", required=False, empty_label="No agency",
        help_text="For a single-agency review only.",
    )  # fmt: skip
    target_on = DateField(
        label="To be done by (optional)", what="the day by which it is to be done", required=False,
        help_text="Left open, the last milestone of its type gives the day. A local child safeguarding practice review "
        "has its statutory six months.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def clean(self) -> None:
        kind = self.cleaned_data.get("kind")
        if kind and KINDS[Kind(kind)].asks_agency:
            self.require("agency", "Select the agency that is to review itself")
        elif kind and self.cleaned_data.get("agency"):
            self.add_error("agency", "Only a single-agency review belongs to one agency: select “No agency”")


class PartnersForm(_Base):
    """The types that follow from what the partners decided."""

    field_order = ("kind", "title", "purpose", "agency", "target_on")
    kind = forms.ChoiceField(label="Type of review", widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: list[Kind], referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0].value
        if Kind.SINGLE_AGENCY not in kinds:
            del self.fields["agency"]
        if kinds == [Kind.LCSPR]:
            del self.fields["target_on"]

    def commission(self) -> Commission:
        wanted = self.cleaned_data | {"kind": Kind(self.cleaned_data["kind"])}
        return Commission(basis=Basis.PARTNERS, referral=self.referral, **wanted)


class CommissionForm(_Base):
    """On the Panel's own decision."""

    field_order = ("kind", "title", "purpose", "case", "agency", "decided_on", "target_on")
    kind = forms.ChoiceField(
        label="Type of review", widget=forms.RadioSelect, choices=[(k.value, k.label) for k in by_panel()],
        help_text="A local child safeguarding practice review starts from the decision of the three partners, on the "
        "page of its case.",
    )  # fmt: skip
    case = forms.ModelChoiceField(
        Referral.objects.none(), label="Case (optional)", required=False, empty_label="No case",
        help_text="Those who see the case then see the review, and nobody else.",
    )  # fmt: skip
    decided_on = DateField(label="Decided on", what="the day on which the Panel decided")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Referral.objects.visible_to(user).recorded()  # type: ignore[attr-defined]

    def commission(self) -> Commission:
        wanted = dict(self.cleaned_data)
        wanted |= {"kind": Kind(wanted["kind"]), "referral": wanted.pop("case")}
        return Commission(basis=Basis.PANEL, **wanted)
