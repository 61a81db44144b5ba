"""Scope, questions, milestones, members and meetings: one thing a page."""

from typing import Any

from django import forms

from core.forms import DateField, Form
from panel.models import Agency
from practice_reviews.models import PracticeReview
from practice_reviews.workflow.scope import Scope, scope_of
from referrals.forms.base import text, textarea
from referrals.models import Child
from referrals.workflow.base import fingerprint

NO_NAMES = "No names: everybody who sees the review reads this."


class ChildrenField(forms.ModelMultipleChoiceField):
    """Children by pseudonym: the page is seen by people who may not see names."""

    def label_from_instance(self, obj: Child) -> str:
        return obj.pseudonym


class ScopeForm(Form):
    submit = "Save the scope"
    scope_from = DateField(label="Looks at the time from", what="the first day", required=False)
    scope_to = DateField(label="To", what="the last day", required=False)
    children = ChildrenField(
        Child.objects.none(), label="Children in scope", required=False, widget=forms.CheckboxSelectMultiple
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Agencies in scope", required=False, widget=forms.CheckboxSelectMultiple
    )
    method = textarea("Method", f"How the review goes about it, and why so. {NO_NAMES}")
    scope_note = textarea("What it does not look at (optional)", NO_NAMES)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, review: PracticeReview, **kwargs: Any) -> None:
        saved = scope_of(review)
        super().__init__(*args, initial=saved | {"seen": fingerprint(saved)}, **kwargs)
        children = Child.objects.filter(referral=review.referral_id) if review.referral_id else Child.objects.none()
        self.fields["children"].queryset = children.order_by("position")  # type: ignore[attr-defined]
        self.fields["agencies"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if review.referral_id is None:
            del self.fields["children"]

    def clean(self) -> None:
        first, last = self.cleaned_data.get("scope_from"), self.cleaned_data.get("scope_to")
        if first and last and last < first:
            self.add_error("scope_to", "The period must end after it begins")

    def scope(self) -> Scope:
        wanted = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Scope(**wanted | {name: tuple(wanted.get(name) or ()) for name in ("children", "agencies")})


class EnquiryForm(Form):
    submit = "Save the question"
    question = textarea("Key line of enquiry", f"One question that the review is to answer. {NO_NAMES}", True)
    why = textarea("Why is it asked? (optional)", NO_NAMES)


class DoneForm(Form):
    submit = "It is done"
    on = DateField(label="Done on (optional)", what="the day", required=False, help_text="Left open, it is today.")


class ExpectForm(Form):
    submit = "Save"
    expected_on = DateField(
        label="Now expected on (optional)", what="the day", required=False,
        help_text="Left open, the day follows from the milestones before it.",
    )  # fmt: skip
    reason = textarea("Why?", f"Needed where you give a day. {NO_NAMES}")

    def clean(self) -> None:
        if self.cleaned_data.get("expected_on"):
            self.require("reason", "Say why another day is expected")


class MilestoneForm(Form):
    submit = "Add the milestone"
    title = text("What is reached?", required=True, max_length=120)
    who = text("Who does it? (optional)", max_length=120)
    due_on = DateField(label="Planned for", what="the day")


class MemberForm(Form):
    submit = "Add"
    name = text("Name", required=True, max_length=150)
    role = text("Role on the review’s panel", "Such as “Chair” or “Named nurse”.", required=True, max_length=150)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency (optional)", required=False, empty_label="No agency"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]


class MeetingForm(Form):
    submit = "Plan the meeting"
    on = DateField(label="Day of the meeting", what="the day of the meeting")
    about = text("What is it for?", NO_NAMES, required=True)


class HeldForm(Form):
    submit = "Save"
    on = DateField(label="Held on (optional)", what="the day", required=False, help_text="Left open: as planned.")
    outcome = textarea("What came of it?", NO_NAMES, True)


class ReasonForm(Form):
    """A page that asks why before it does something."""

    reason = textarea("Why?", NO_NAMES, True)

    def __init__(self, *args: Any, submit: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.warning = submit, warning  # type: ignore[misc]
