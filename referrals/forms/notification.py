from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Fluid

from core.forms import DateField, Form
from deadlines.models import Clock
from referrals.dates import TITLES
from referrals.forms.base import text, textarea
from referrals.models import Referral


class DoneForm(Form):
    """When a duty was done; late asks for the reason and who was told."""

    on_name = ""

    def __init__(self, *args: Any, referral: Referral, clock: Clock | None, today: date, **kwargs: Any) -> None:
        self.referral, self.clock, self.today = referral, clock, today
        super().__init__(*args, **kwargs)
        if clock is not None and clock.late_reason:
            self.initial |= {"late_reason": clock.late_reason, "told": clock.told}

    def layout(self) -> list[Any]:
        names = [name for name in self.fields if name not in {"told", "sin_reference"}]
        fields = [Field(name) for name in names]
        if "sin_reference" in self.fields:
            fields.insert(1, Field.text("sin_reference", field_width=Fluid.ONE_HALF))
        return [*fields, Field.text("told", field_width=Fluid.TWO_THIRDS)]

    def clean(self) -> None:
        done = self.cleaned_data.get(self.on_name)
        if done is None:
            return
        if done > self.today:
            self.add_error(self.on_name, f"{self.fields[self.on_name]._What} cannot be in the future")  # type: ignore[attr-defined]
        aware = self.referral.la_aware_on
        if aware is not None and done < aware:
            self.add_error(
                self.on_name,
                f"{self.fields[self.on_name]._What} cannot be before the local authority became aware, "  # type: ignore[attr-defined]
                f"{aware:%-d %B %Y}",
            )
        if self.clock is not None and done > self.clock.due_on:
            due = f"It was due on {self.clock.due_on:%-d %B %Y}, so it is late. "
            self.require("late_reason", f"{due}Say why")
            self.require("told", f"{due}Say who was told")


def _reason() -> Any:
    return textarea("Why was it late?", "Only if it was late.")


def _told() -> Any:
    return text("Who was told that it was late?", max_length=300)


class NotifiedForm(DoneForm):
    submit = "Record the notification"
    on_name = "notified_on"
    notified_on = DateField(label="When was it sent?", what=TITLES["notified_on"], help_text="For example, 27 3 2026")
    sin_reference = text("Reference of the notification (optional)", max_length=60)
    copy_received_on = DateField(
        label="When did the partnership receive its copy? (optional)", what=TITLES["copy_received_on"], required=False
    )
    late_reason, told = _reason(), _told()

    def clean(self) -> None:
        super().clean()
        sent, received = self.cleaned_data.get("notified_on"), self.cleaned_data.get("copy_received_on")
        if received and received > self.today:
            self.add_error("copy_received_on", "The date on which the copy was received cannot be in the future")
        elif sent and received and received < sent:
            self.add_error("copy_received_on", "The copy cannot have been received before the notification was sent")


class InformedForm(DoneForm):
    submit = "Record that they were informed"
    on_name = "informed_on"
    informed_on = DateField(
        label="When were all three informed?", what=TITLES["partners_informed_on"], help_text="For example, 27 3 2026"
    )
    late_reason, told = _reason(), _told()


class ToldForm(DoneForm):
    submit = "Record that they were told"
    on_name = "told_on"
    told_on = DateField(
        label="When were both told?", what=TITLES["regulators_told_on"], help_text="For example, 27 3 2026"
    )
    late_reason, told = _reason(), _told()
