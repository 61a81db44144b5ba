"""The parts of a 7-minute briefing as one page."""

from typing import Any

from django import forms

from core.forms import Form
from learning.choices import Marking
from learning.models import SevenMinuteBriefing
from referrals.forms.base import radios
from referrals.forms.base import text as short


class BriefingForm(Form):
    """Title, marking and each part; a part may stay empty while it is a draft."""

    submit = "Save the briefing"
    title = short("Title", "No names.", True, max_length=120)
    marking = radios(
        Marking, "Marking", "OFFICIAL only where nothing in it leads to a child: it is then for all staff.", True
    )

    def __init__(self, *args: Any, briefing: SevenMinuteBriefing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.briefing_parts = briefing.texts
        for part in self.briefing_parts:
            self.fields[f"part_{part.position}"] = forms.CharField(
                label=f"{part.position}. {part.heading}", help_text=part.guidance, required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            )  # fmt: skip
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def texts(self) -> dict[int, str]:
        return {part.position: self.cleaned_data[f"part_{part.position}"] for part in self.briefing_parts}
