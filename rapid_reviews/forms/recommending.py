from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core.forms import DateField, Form
from panel.models import Membership, User
from panel.people import holders
from panel.roles import PANEL_ROLES, Role
from rapid_reviews.choices import Outcome
from rapid_reviews.models import Recommendation
from referrals.models import CaseInvitation, Referral

ATTENDING = PANEL_ROLES | {Role.SAFEGUARDING_PARTNER}


def may_attend(referral: Referral, day: date) -> QuerySet[Membership]:
    """The seats of those who may have been there: the Panel, the partners, who is invited to this case."""
    invited = CaseInvitation.objects.filter(CaseInvitation.running(day), referral=referral).values("person")
    return (
        Membership.objects.running_on(day)
        .filter(Q(role__in=ATTENDING) | Q(role=Role.INVITED, user__in=invited), user__is_active=True)
        .select_related("user", "agency", "deputy_for__user", "deputy_for__agency")
        .order_by("user__name", "pk")
    )


class PresentField(forms.ModelMultipleChoiceField):
    walled: frozenset[int] = frozenset()  # ids of the people with a conflict in this case

    def label_from_instance(self, seat: Membership) -> str:
        note = " – conflict of interest, does not count" if seat.user_id in self.walled else ""
        if not note and seat.deputy_for is not None and seat.deputy_for.user_id in self.walled:
            note = f" – acts for {seat.deputy_for.user.name}, {seat.deputy_for.agency.short_name}"
        return f"{seat.user.name}, {seat.get_role_display()}, {seat.agency.short_name}{note}"


class RecommendationForm(Form):
    """The Panel's recommendation and the meeting that made it."""

    submit = "Save and check answers"
    outcome = forms.ChoiceField(
        label="What does the Panel recommend?", choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason for the recommendation",
        widget=forms.Textarea,
        help_text="Meeting the criteria does not make a local review automatic. Say what it would add.",
    )
    met_on = DateField(label="When did the Panel meet?", what="the date of the meeting")
    present = PresentField(
        label="Who was present?",
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="All three Safeguarding Partners must be represented. Deputies count for their agency.",
    )
    dissent = forms.CharField(
        label="Dissent (optional)",
        widget=forms.Textarea,
        required=False,
        help_text="If a member does not share the recommendation: who, and why.",
    )
    chair_ruling = forms.CharField(
        label="The chair’s ruling, if the meeting was not quorate",
        widget=forms.Textarea,
        required=False,
        help_text="Why the recommendation stands although a Safeguarding Partner was not represented.",
    )
    ruled_by = forms.ModelChoiceField(
        label="Who made the ruling?", queryset=User.objects.none(), required=False, empty_label="Nobody: quorate"
    )

    def __init__(self, *args: Any, draft: Recommendation | None, referral: Referral, on: date, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"met_on": on}
        if draft is not None:
            initial = {n: getattr(draft, n) for n in ("outcome", "reason", "met_on", "dissent", "chair_ruling")}
            initial |= {"ruled_by": draft.ruled_by_id, "present": [a.membership_id for a in draft.attendances.all()]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["present"].walled = frozenset(c.member_id for c in referral.conflicts.all() if c.runs_on(on))
        self.fields["present"].queryset = may_attend(referral, on)
        self.fields["ruled_by"].queryset = holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("chair_ruling"):
            self.require("ruled_by", "Select who made the ruling")
        if data.get("ruled_by"):
            self.require("chair_ruling", "Enter the ruling with its reason, or select “Nobody: quorate”")
        return data
