"""What is typed while the meeting sits."""

from collections.abc import Iterable
from typing import Any

from django import forms

from actions.forms import ActionForm
from core.forms import Form
from meetings.choices import RECOMMENDS, WITHOUT_REASON, decisions_for
from meetings.models import AgendaItem
from meetings.workflow.capturing import Captured
from panel.models import Membership
from referrals.choices import ConflictKind
from referrals.forms.base import textarea

NO_NAMES = "Do not name a child: use the reference or the pseudonym."


class CaptureForm(Form):
    """What was said and decided under one item. `version` is the one that was read."""

    submit = "Save"
    discussion = textarea("What was said?", f"The main points, not every word. {NO_NAMES}")
    decision = forms.ChoiceField(label="What was decided?", required=False)
    reasons = textarea("Reasons for the decision")
    chair_ruling = textarea(
        "The chair’s ruling, if the meeting was not quorate",
        "Why the decision stands although a Safeguarding Partner was not represented.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = decisions_for(item.kind)
        self.fields["decision"].choices = [("", "Nothing yet"), *((d.value, d.label) for d in choices)]  # type: ignore[attr-defined]
        if not set(choices) & set(RECOMMENDS):
            del self.fields["chair_ruling"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") not in ("", None, *WITHOUT_REASON):
            self.require("reasons", "Give the reasons for the decision")
        return data

    def captured(self) -> Captured:
        return Captured(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class SeatField(forms.ModelChoiceField):
    def label_from_instance(self, seat: Membership) -> str:
        return f"{seat.user.name}, {seat.get_role_display()}, {seat.agency.short_name}"


def seat_field(label: str, error: str) -> SeatField:
    return SeatField(
        Membership.objects.none(), label=label, empty_label="Choose a person", error_messages={"required": error}
    )


class OfSeats(Form):
    """A form about somebody who is there."""

    def __init__(self, *args: Any, seats: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Membership.objects.filter(pk__in=[seat.pk for seat in seats]).select_related("user", "agency")
        self.fields["seat"].queryset = rows.order_by("user__name")  # type: ignore[attr-defined]


class ConflictForm(OfSeats):
    submit = "Record the conflict of interest"
    seat = seat_field("Who has a conflict of interest?", "Select who has a conflict of interest")
    kind = forms.ChoiceField(label="Of what kind?", choices=ConflictKind.choices, widget=forms.RadioSelect)
    reason = textarea("What did they say?", NO_NAMES, True)


class DissentForm(OfSeats):
    submit = "Record the dissent"
    seat = seat_field("Who does not share the decision?", "Select who does not share the decision")
    text = textarea("What do they hold against it?", NO_NAMES, True)


class MeetingActionForm(ActionForm):
    """An action agreed on the spot: agreed unless somebody takes the tick away."""

    submit = "Add the action"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"agree": True}, **kwargs)
