"""A row typed on a page, an uploaded spreadsheet, and the small questions."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError

from chronology.choices import Seen
from chronology.facts import RowFacts, facts_of, problems, tidy
from chronology.filters import PANEL
from chronology.imports.dates import read_date, read_time
from chronology.imports.faults import CellFaultError
from chronology.models import Row
from chronology.models.rows import THE_PANEL
from chronology.names import People
from chronology.timeline import when
from chronology.workflow import comparable
from core.forms import Form
from panel.models import Agency
from referrals.forms.base import radios, text, textarea
from referrals.models import Child
from referrals.workflow.base import fingerprint

BOUNDS = ("min_value", "max_value")
AT_FIELD = {"happened_on": "when", "happened_time": "at"}


def agency_choices() -> list[tuple[str, str]]:
    agencies = Agency.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    return [(PANEL, f"{THE_PANEL} itself"), *((str(pk), name) for pk, name in agencies)]


def agency_of(value: str) -> Agency | None:
    """The agency that a form's answer names; none for the Panel."""
    return None if value == PANEL else Agency.objects.get(pk=int(value))


class RowForm(Form):
    """One row. The date is typed as it is known: "3 May 2020", "about 3 May 2020", "May 2020", "2020".

    `ask_agency=False` leaves the agency out: for a return, which has one. Pass `row` to change it.
    """

    submit = "Save row"
    when = text("Date", "As exactly as is known: 03/05/2020, about 3 May 2020, May 2020 or 2020.", True, 40)
    at = text("Time, if known", "For example, 14:30 or 2.30pm", max_length=20)
    agency = forms.ChoiceField(label="Whose information is this?")
    source = text("Source of the information", "Where it is written down, such as “GP record”.", max_length=300)
    event = textarea("What happened", required=True)
    who = textarea("Who was involved", "Professionals by role; family members as you know them.")
    children = forms.MultipleChoiceField(
        label="Which children does this concern?", help_text="Choose none if it concerns all of them.",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    child_seen = radios(Seen, "Was the child seen?", "Whether the children chosen above were seen.", True)
    response = textarea("Response or outcome")
    comment = textarea("Comment")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: People, today: date, row: Row | None = None, ask_agency: bool = True, **kwargs: Any
    ) -> None:
        self.people, self.today = people, today
        initial = _initial(row) if row is not None else {"child_seen": Seen.NOT_KNOWN, "agency": PANEL}
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(str(child.pk), _both(child, people)) for child in people.children]
        self.fields["children"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["children"]
        if row is not None or not ask_agency:
            del self.fields["agency"]
        else:
            self.fields["agency"].choices = agency_choices()  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        narrow = {"when": Fluid.ONE_HALF, "at": Fluid.ONE_QUARTER}
        return [Field.text(name, field_width=narrow[name]) if name in narrow else Field(name) for name in self.fields]

    def clean_when(self) -> tuple[date, str, Any]:
        typed = self.cleaned_data["when"].strip()
        try:
            return read_date(int(typed) if typed.isdigit() else typed)
        except CellFaultError as error:
            raise ValidationError(f"{error.wrong} {error.do}") from None

    def clean_at(self) -> Any:
        try:
            return read_time(self.cleaned_data["at"])
        except CellFaultError as error:
            raise ValidationError(f"{error.wrong} {error.do}") from None

    def clean(self) -> None:
        if self.errors:
            return
        for name, sentence in problems(self.facts(), today=self.today):
            self.add_error(AT_FIELD.get(name, name) if AT_FIELD.get(name, name) in self.fields else None, sentence)

    def facts(self) -> RowFacts:
        data = self.cleaned_data
        day, precision, _ = data["when"]
        chosen = set(data.get("children", []))
        children = tuple(child for child in self.people.children if str(child.pk) in chosen)
        is_all = not children or len(children) == len(self.people.children)
        names = ("source", "event", "who", "child_seen", "response", "comment")
        return tidy(
            RowFacts(
                happened_on=day, precision=precision, happened_time=data["at"], concerns_all=is_all, children=children,
                **{name: data[name] for name in names},
            )
        )  # fmt: skip

    def renew(self, row: Row) -> None:
        """After a conflict: what was typed stays, and saving again replaces what the other window saved."""
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(comparable(facts_of(row)))


def _both(child: Child, people: People) -> str:
    """Pseudonym and name, so that nobody ticks the wrong child; the pseudonym alone for who may not see names."""
    return f"{child} ({child.name})" if people.with_names and child.name else str(child)


def _initial(row: Row) -> dict[str, Any]:
    names = ("source", "event", "who", "child_seen", "response", "comment")
    return {name: getattr(row, name) for name in names} | {
        "when": when(row),
        "at": f"{row.happened_time:%H:%M}" if row.happened_time else "",
        "children": [str(child.pk) for child in row.children.all()],
        "seen": fingerprint(comparable(facts_of(row))),
    }


class UploadForm(Form):
    """A spreadsheet for one agency. `ask_agency=False` for a return, which has one."""

    submit = "Check the file"
    agency = forms.ChoiceField(label="Whose chronology is this?")
    file = forms.FileField(
        label="Spreadsheet", allow_empty_file=True,
        help_text="XLSX or CSV, up to 5 MB and 10,000 rows. Nothing is imported before you have seen what was read.",
    )  # fmt: skip

    def __init__(self, *args: Any, ask_agency: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "Choose a spreadsheet"
        if ask_agency:
            self.fields["agency"].choices = agency_choices()  # type: ignore[attr-defined]
        else:
            del self.fields["agency"]


class WithdrawForm(Form):
    submit = "Withdraw row"
    warning = True
    reason = textarea("Why is this row withdrawn?", "The row stays in the history together with the reason.", True)


class DismissForm(Form):
    submit = "Dismiss it"
    reason = textarea(
        "Why is this no finding?",
        "It stays dismissed until a row that it rests on changes. Everybody who sees the case reads this: no names.",
        True,
    )


class RestoreForm(Form):
    submit = "Restore it"


class EpisodeForm(Form):
    submit = "Mark as key practice episode"
    title = text("Title of the key practice episode", "A few words without names, such as “First bruise seen”.", True)


class GapForm(Form):
    submit = "Save"
    days = forms.IntegerField(
        label="Tell a gap from how many days on?", min_value=1, max_value=3650,
        help_text="Days from one contact in which a child was seen to the next. 28 unless your partnership decides "
        "otherwise: to be confirmed locally.",
        error_messages=dict.fromkeys(BOUNDS, "The length of a gap must be between 1 and 3,650 days"),
    )  # fmt: skip
