"""A reply, an item of the agenda, an entry of the minutes, their approval."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import Form
from panel.models import PanelMeeting
from referrals.forms.base import text, textarea
from referrals.models import Referral

NO_NAMES = "Do not name a child: use the reference or the pseudonym."


class ReplyForm(Form):
    """Whether somebody comes."""

    submit = "Send the reply"
    comes = forms.ChoiceField(
        label="Will they come?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )  # fmt: skip
    words = text("Anything the business manager should know? (optional)", max_length=300)

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            self.fields["comes"].label = "Will you come?"


class ItemForm(Form):
    submit = "Save the item"
    title = text("What is the item about?", NO_NAMES, required=True)
    paper = textarea("What should members read beforehand? (optional)", f"It stands in the papers. {NO_NAMES}")

    def __init__(self, *args: Any, cases: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cases is not None:
            self.fields["referral"] = forms.ModelChoiceField(
                cases, label="Case that it is about (optional)", required=False, empty_label="No single case",
                help_text="The item is then seen by those who see the case.",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("referral", None)
        return data


def cases_for(user: Any) -> Any:
    return Referral.objects.visible_to(user).recorded()


class EntryForm(Form):
    submit = "Save the entry"
    text = textarea("What the minutes say", NO_NAMES, True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApproveForm(Form):
    submit = "Record the approval"
    meeting = forms.ModelChoiceField(
        PanelMeeting.objects.none(), label="Which meeting approved these minutes?", empty_label=None,
        widget=forms.RadioSelect, error_messages={"required": "Select the meeting that approved the minutes"},
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Sequence[PanelMeeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PanelMeeting.objects.filter(pk__in=[one.pk for one in meetings])
        self.fields["meeting"].queryset = rows  # type: ignore[attr-defined]
