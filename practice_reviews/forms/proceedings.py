"""Proceedings beside the review."""

from core.forms import DateField, Form
from practice_reviews.choices import Effect
from practice_reviews.forms.beside import said
from rapid_reviews.choices import ProceedingKind
from referrals.forms.base import radios, text, textarea


class ChangeProceedingForm(Form):
    submit = "Save"
    contact = text(
        "Contact", "Office and role first: “Coroner’s officer, Inventshire”. No name of the family.", True, 300
    )
    standing = said(
        text("How far are they?", "Such as “charged; plea hearing listed”.", True, 300), "Enter how far they are"
    )
    next_on = DateField(label="Next date (optional)", what="the next date", required=False)
    effect = radios(Effect, "Effect on publication", required=True)
    effect_note = textarea("What does that mean?", "What waits for what, or which parts are left out. Needed for both.")

    def clean(self) -> None:
        if self.cleaned_data.get("effect") not in (None, "", Effect.NONE):
            self.require("effect_note", "Say what the effect on publication is")


class ProceedingForm(ChangeProceedingForm):
    kind = said(radios(ProceedingKind, "Which proceedings?", required=True), "Select which proceedings")
    field_order = ("kind", "contact", "standing", "next_on", "effect", "effect_note")


class EndProceedingForm(Form):
    submit = "They have ended"
    ended_on = DateField(label="When did they end?", what="the day on which they ended")
    outcome = said(textarea("How did they end?", "They hold publication back no longer.", True), "Enter how they ended")


class ReopenProceedingForm(Form):
    submit = "They go on"
    standing = said(
        text("Why do they go on, and how far are they?", "Such as “appeal lodged”.", True, 300),
        "Enter why they go on",
    )
    next_on = DateField(label="Next date (optional)", what="the next date", required=False)
