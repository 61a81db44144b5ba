from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field, Fieldset, Fluid, Size

from core.forms import DateField
from deadlines.working_days import WorkingCalendar
from referrals.choices import Kind
from referrals.dates import TITLES, faults
from referrals.forms.base import SectionForm, text, textarea
from referrals.models import Referral
from referrals.sections import late_dates, looked_after_child_died
from referrals.workflow.base import facts_of

EXAMPLE = "For example, 27 3 2026"


def day(name: str, label: str, help_text: str = EXAMPLE) -> DateField:
    return DateField(label=label, what=TITLES[name], required=False, help_text=help_text)


class DatesForm(SectionForm):
    partnership_aware_on = day("partnership_aware_on", "When did the partnership become aware?")
    la_aware_on = day(
        "la_aware_on",
        "When did the local authority become aware that this is a notifiable incident?",
        "The statutory days are counted from this date (Children Act 2004 s16C(1)).",
    )
    notified_on = day(
        "notified_on", "When was the notification sent to the national Panel?", "Leave empty if it was not sent yet."
    )
    sin_reference = text("Reference of the notification (optional)", max_length=60)
    partners_informed_on = day(
        "partners_informed_on",
        "When were the Safeguarding Partners informed?",
        "Leave empty if they were not informed yet.",
    )
    copy_received_on = day(
        "copy_received_on", "When did the partnership receive its copy?", "Leave empty if it has not arrived yet."
    )
    regulators_told_on = day(
        "regulators_told_on",
        "When were the Secretary of State and Ofsted told of the death?",
        "A looked-after child or care leaver died. Leave empty if they were not told yet.",
    )
    late_reason = textarea("Why was it late?", "Only if something was done later than its limit allows.")
    late_told = text("Who was told that it was late?", max_length=300)

    def __init__(self, *args: Any, draft: Referral, calendar: WorkingCalendar, today: date, **kwargs: Any) -> None:
        self.draft, self.calendar, self.today = draft, calendar, today
        self.children = list(draft.children.all())
        super().__init__(*args, **kwargs)
        unasked = [] if looked_after_child_died(self.children) else ["regulators_told_on"]
        if draft.kind == Kind.REFERRAL:
            unasked += ["notified_on", "sin_reference", "partners_informed_on", "copy_received_on"]
            self.fields["la_aware_on"].label = "When did the local authority become aware? (optional)"
            self.fields["la_aware_on"].help_text = "If screening finds the case notifiable, the days count from here."
            if unasked[0] == "regulators_told_on":
                unasked += ["late_reason", "late_told"]
        for name in unasked:
            del self.fields[name]

    def layout(self) -> list[LayoutObject | str]:
        fields = [Field(name) for name in self.fields if not name.startswith("late")]
        if "late_reason" in self.fields:
            late = Fieldset(
                Field("late_reason"), Field.text("late_told", field_width=Fluid.TWO_THIRDS),
                legend="If something was late", legend_size=Size.MEDIUM, legend_tag="h2",
            )  # fmt: skip
            fields.append(late)
        return fields

    def clean(self) -> None:
        typed = {name: value for name, value in self.cleaned_data.items() if name in TITLES}
        facts = facts_of(self.draft, [*TITLES, "incident_precision"]) | typed
        for fault in faults(facts, today=self.today):
            name = fault.field if fault.field in self.fields else fault.other
            if name in self.fields and name not in self.errors:
                self.add_error(name, fault.sentence)
        wanted = {"partnership_aware_on": "Enter the date on which the partnership became aware"}
        if self.draft.kind == Kind.SIN:
            wanted["la_aware_on"] = "Enter the date on which the local authority became aware"
        self.ask(wanted)
        if not self.errors:
            self._ask_why_late(facts)

    def _ask_why_late(self, facts: dict[str, Any]) -> None:
        proposed = Referral(**{name: facts[name] for name in TITLES})
        late = late_dates(proposed, self.children, self.calendar)
        if not late:
            self.cleaned_data |= {name: "" for name in ("late_reason", "late_told") if name in self.fields}
            return
        what = " and ".join(late)
        self.ask({"late_reason": f"Say why {what} was late", "late_told": f"Say who was told that {what} was late"})
