from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.models import Agency, User
from panel.people import holders
from panel.roles import Role
from referrals.choices import ConflictKind
from referrals.forms.base import radios, text, textarea
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
    until_on = DateField(
        label="Until when? (optional)", what="the last day of the conflict", required=False,
        help_text="The day after, the member sees the case again without anybody doing anything.",
    )  # fmt: skip
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
        check_last_day(self, self.today)


def check_last_day(form: Form, today: date) -> None:
    until_on = form.cleaned_data.get("until_on")
    if until_on and until_on < today:
        form.add_error("until_on", "The last day of the conflict cannot be in the past")


class DeclareForm(Form):
    """A member about themself. There is nobody to choose."""

    submit = "Declare the conflict and close the case to me"
    warning = True
    kind = radios(ConflictKind, "What kind of conflict is it?", required=True)
    reason = textarea("What is the conflict?", "Read by chair, deputy chair and business manager.", required=True)
    from_on = DateField(label="Since when?", what="the first day of the conflict")
    until_on = DateField(
        label="Until when, if you know? (optional)", what="the last day of the conflict", required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, initial={"from_on": today}, **kwargs)
        self.fields["kind"].error_messages["required"] = "Select the kind of conflict"
        self.fields["reason"].error_messages["required"] = "Say what the conflict is"

    def clean(self) -> None:
        from_on = self.cleaned_data.get("from_on")
        if from_on and from_on > self.today:
            self.add_error("from_on", "The first day of the conflict cannot be in the future")
        check_last_day(self, self.today)


class AnswerForm(Form):
    """Does anything about these agencies make a conflict? Yes leads on to the declaration."""

    submit = "Continue"
    answer = forms.ChoiceField(widget=forms.RadioSelect, choices=[("no", "No"), ("yes", "Yes, or perhaps")])

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = " or ".join(agency.name for agency in agencies)
        self.fields["answer"].label = f"Does anything about {names} make a conflict of interest for you?"
        self.fields["answer"].error_messages["required"] = "Select whether there is a conflict of interest"


class RulingForm(Form):
    submit = "Record the ruling"
    ruling = forms.ChoiceField(
        label="What is your ruling?", widget=forms.RadioSelect,
        choices=[("uphold", "Uphold: the case stays closed to the member"),
                 ("dismiss", "Dismiss: the member sees the case again at once")],
        error_messages={"required": "Select your ruling"},
    )  # fmt: skip
    reason = textarea("Reason", "Kept in the case’s history, which the member can read if you dismiss.", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Give the reason for the ruling"


class EmergencyForm(Form):
    submit = "Open the case for 24 hours"
    warning = True
    reference = text("Reference of the case", "As in CSPR-2026-014.", required=True, max_length=20)
    reason = textarea("What is the emergency?", "The chair gets a mail at once and reviews it.", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].error_messages["required"] = "Enter the reference of the case"
        self.fields["reason"].error_messages["required"] = "Say what the emergency is"


class ReviewForm(Form):
    submit = "Record the review"
    accepted = forms.ChoiceField(
        label="Was it right to open the case?", widget=forms.RadioSelect,
        choices=[("yes", "Accepted"), ("no", "Not accepted: close the case again at once")],
        error_messages={"required": "Select whether you accept it"},
    )  # fmt: skip
    reason = textarea("Reason", "Needed if you do not accept it.")

    def clean(self) -> None:
        if self.cleaned_data.get("accepted") == "no":
            self.require("reason", "Say why the emergency access is not accepted")


class InvolveForm(Form):
    submit = "Add the agency"
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency?", empty_label="Choose an agency",
        error_messages={"required": "Select the agency"},
    )  # fmt: skip
    involvement = textarea("How was it involved?", "No names.")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = referral.involved_agencies.values("agency")
        others = Agency.objects.filter(is_active=True).exclude(pk__in=there)
        self.fields["agency"].queryset = others  # type: ignore[attr-defined]


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
