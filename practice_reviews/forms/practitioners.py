"""An event with practitioners: planned, and held."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.forms import DateField, Form
from panel.models import Agency
from practice_reviews.choices import EventKind
from practice_reviews.forms.beside import CountsMixin, said
from referrals.forms.base import radios, text, textarea

NO_NAMES = "No names, of practitioners or of the family."


class EventForm(CountsMixin, Form):
    submit = "Save the event"
    kind = said(radios(EventKind, "What kind of event?", required=True), "Select the kind of event")
    planned_on = DateField(label="On which day?", what="the day of the event")
    place = text("Where? (optional)", "A place or “online”.")

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], invited: Mapping[int, int | None] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_counts(agencies, "invited", invited or {})

    def facts(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("kind", "planned_on", "place")}
        return data | {"invited": self.counts()}


class HeldForm(CountsMixin, Form):
    submit = "Save"
    held_on = DateField(label="When was it held?", what="the day on which it was held")
    notes = textarea("Notes (optional)", NO_NAMES)
    learning = said(textarea("What was learned?", f"Or “Nothing new”. {NO_NAMES}", True), "Enter what was learned")

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], attended: Mapping[int, int | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_counts(agencies, "came", attended)

    def facts(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("held_on", "notes", "learning")}
        return data | {"attended": self.counts()}


class AgainForm(Form):
    submit = "Plan it again"
    planned_on = DateField(label="On which day?", what="the day of the event")
