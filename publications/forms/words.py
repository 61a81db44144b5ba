"""The words of a publication: report, public text, media strategy, and who agreed to them."""

from typing import Any

from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.conf import settings

from core.forms import DateField, Form
from documents.content import ACCEPT
from panel.roles import StatutoryRole
from publications.choices import PARTNERS
from publications.models import MediaStrategy
from publications.workflow import PublicText, Strategy
from referrals.forms.base import text, textarea

EMPTY_ROWS = 3  # questions to fill in beside those that are there


class TextForm(Form):
    submit = "Save"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = text("Title", "By pseudonym: “Child safeguarding practice review: Child A”.", True)
    slug = forms.SlugField(
        label="Last part of its public address", max_length=80,
        help_text="Letters, numbers and hyphens, as in child-a-2026. No names.",
    )  # fmt: skip
    web_text = textarea("Text of the public page", "Plain text; an empty line begins a new paragraph.")
    external_address = forms.URLField(
        label="Address on another site (optional)", required=False, assume_scheme="https", max_length=500,
        help_text="Where the partnership publishes its reports, if elsewhere. Looked at every day once published.",
    )  # fmt: skip

    def text(self) -> PublicText:
        names = ("title", "slug", "web_text", "external_address")
        return PublicText(**{name: self.cleaned_data[name] for name in names})


class ReportForm(Form):
    submit = "Keep this file"
    file = forms.FileField(label="Report to be published", allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"An accessible PDF or a Word file, up to {settings.DOCUMENTS_MAX_MB} MB."
        self.fields["file"].widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload"}


class StrategyForm(Form):
    """One version of the media strategy: a communications lead for each partner, as many questions as needed."""

    submit = "Save as a new version"
    more_buttons = (("more", "Save and add more questions"),)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    spokesperson = text("Spokesperson", required=True)
    spokesperson_phone = text("Spokesperson’s phone number", max_length=40)
    holding_statement = textarea("Holding statement", "What is said before and at publication. By pseudonym.", True)
    lines_to_take = textarea("Lines to take", "One a line.")
    embargo = text(
        "Embargo", "Until when, and for whom, as in “Not for release before 10am on the day”.", max_length=300
    )
    staff_support = textarea("Support for staff", "Who is there for the staff involved, before, on and after the day.")

    def __init__(self, *args: Any, strategy: MediaStrategy | None, **kwargs: Any) -> None:
        self.strategy = strategy
        super().__init__(*args, **kwargs)
        self._add_leads()
        self._add_questions()

    def _add_leads(self) -> None:
        there = {row["partner"]: row for row in self.strategy.leads} if self.strategy else {}
        for partner in PARTNERS:
            row = there.get(partner.value, {})
            self.fields[f"{partner}_name"] = text("Name", max_length=150)
            self.fields[f"{partner}_phone"] = text("Phone number", max_length=40)
            self.fields[f"{partner}_email"] = forms.EmailField(label="Work e-mail", required=False)
            for part in ("name", "phone", "email"):
                self.fields[f"{partner}_{part}"].initial = row.get(part, "")

    def _add_questions(self) -> None:
        there = list(self.strategy.questions) if self.strategy else []
        posted = sum(name.startswith("question_") for name in self.data)
        self.count = max(len(there) + EMPTY_ROWS, min(posted, 100))
        for number in range(self.count):
            row = there[number] if number < len(there) else {}
            self.fields[f"question_{number}"] = text(f"Question {number + 1}", max_length=500)
            self.fields[f"answer_{number}"] = textarea(f"Answer {number + 1}")
            self.fields[f"answer_{number}"].widget.attrs["rows"] = 3
            self.fields[f"question_{number}"].initial = row.get("question", "")
            self.fields[f"answer_{number}"].initial = row.get("answer", "")

    def layout(self) -> list[Any]:
        names = ["seen", "spokesperson", "spokesperson_phone", "holding_statement", "lines_to_take"]
        made: list[Any] = [Field(name) for name in names]
        for partner in PARTNERS:
            label = StatutoryRole(partner).label
            made.append(HTML(f'<h2 class="govuk-heading-m">Communications lead: {label}</h2>'))
            made += [Field(f"{partner}_{part}") for part in ("name", "phone", "email")]
        made.append(HTML('<h2 class="govuk-heading-m">Questions and answers</h2>'))
        for number in range(self.count):
            made += [Field(f"question_{number}"), Field(f"answer_{number}")]
        made.append(HTML('<h2 class="govuk-heading-m">Embargo and support</h2>'))
        return [*made, Field("embargo"), Field("staff_support")]

    def clean(self) -> None:
        for number in range(self.count):
            if self.cleaned_data.get(f"answer_{number}") and not self.cleaned_data.get(f"question_{number}"):
                self.add_error(f"question_{number}", "Enter the question to this answer")

    def made(self) -> Strategy:
        data = self.cleaned_data
        parts = ("name", "phone", "email")
        leads = [{"partner": str(p)} | {part: data[f"{p}_{part}"].strip() for part in parts} for p in PARTNERS]
        rows = [
            {"question": data[f"question_{n}"].strip(), "answer": data[f"answer_{n}"].strip()}
            for n in range(self.count)
            if data[f"question_{n}"].strip()
        ]
        names = ("spokesperson", "spokesperson_phone", "holding_statement", "lines_to_take", "embargo", "staff_support")
        return Strategy(leads=leads, questions=rows, **{name: data[name] for name in names})


class AgreeForm(Form):
    submit = "Record the agreement"
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    partner = forms.ChoiceField(label="Which partner agrees?", widget=forms.RadioSelect)
    name = text("Who agrees for the partner?", "Name and post.", True, 150)
    agreed_on = DateField(label="When?", what="the day on which the partner agreed")

    def __init__(self, *args: Any, partners: list[StatutoryRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [(one.value, one.label) for one in partners]  # type: ignore[attr-defined]
