from datetime import date, timedelta
from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.models import User
from panel.people import holders
from panel.roles import Role
from referrals.choices import ConflictKind
from referrals.forms.base import radios, textarea
from referrals.models import ConflictOfInterest, Referral


class ConflictForm(Form):
    submit = "Record the conflict"
    member = forms.ModelChoiceField(
        User.objects.none(), label="Who has the conflict?", empty_label="Choose a person",
        error_messages={"required": "Select who has the conflict"},
    )  # fmt: skip
    kind = radios(ConflictKind, "What kind of conflict is it?", required=True)
    reason = textarea("What is the conflict?", "Read by chair and business manager.", required=True)
    from_on = DateField(label="From when?", what="the first day of the conflict")
    sure = forms.BooleanField(
        label="I want to close this case to myself", required=False,
        help_text="Only if you have chosen yourself. You will not see the case any more and cannot undo it.",
    )  # fmt: skip

    def __init__(self, *args: Any, referral: Referral, user: User, today: date, **kwargs: Any) -> None:
        self.user, self.today = user, today
        super().__init__(*args, initial={"from_on": today}, **kwargs)
        walled = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral=referral)
        people = holders(*Role, on=today).exclude(pk__in=walled.values("member"))
        self.fields["member"].queryset = people  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["required"] = "Select the kind of conflict"
        self.fields["reason"].error_messages["required"] = "Say what the conflict is"

    def clean(self) -> None:
        if self.cleaned_data.get("member") == self.user:
            self.require("sure", "Confirm that you want to close this case to yourself")
        from_on = self.cleaned_data.get("from_on")
        if from_on and from_on > self.today:
            self.add_error("from_on", "The first day of the conflict cannot be in the future")


class EndConflictForm(Form):
    submit = "End the conflict"
    reason = textarea("Why has the conflict ended?", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why the conflict has ended"


class InvitationForm(Form):
    submit = "Invite"
    person = forms.ModelChoiceField(
        User.objects.none(), label="Who is invited?", empty_label="Choose a person",
        help_text="People with the role “invited representative”.",
        error_messages={"required": "Select who is invited"},
    )  # fmt: skip
    purpose = textarea("What for?", "No names. The mail does not repeat it.", required=True)
    until_on = DateField(label="Until when?", what="the last day of the invitation")

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, initial={"until_on": today + timedelta(days=60)}, **kwargs)
        walled = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral=referral)
        people = holders(Role.INVITED, on=today).exclude(pk__in=walled.values("member"))
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["purpose"].error_messages["required"] = "Say what the representative is invited for"

    def clean(self) -> None:
        until_on = self.cleaned_data.get("until_on")
        if until_on and until_on < self.today:
            self.add_error("until_on", "The last day of the invitation cannot be in the past")


class WithdrawInvitationForm(Form):
    submit = "Withdraw the invitation"
    warning = True
