from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.utils.html import format_html

from core.forms import Form
from rapid_reviews.choices import CIRCUMSTANCES, CRITERIA, NATIONAL, Criterion, Finding
from rapid_reviews.models import CriterionAnswer

LAW: dict[Criterion, str] = {
    Criterion.IMPROVEMENTS: "Does the case highlight, or may it highlight, improvements needed to safeguard and "
    "promote the welfare of children, including where those were identified before?",
    Criterion.THEMES: "Does it highlight, or may it highlight, recurrent themes in safeguarding and promoting the "
    "welfare of children?",
    Criterion.WORKING_TOGETHER: "Does it highlight, or may it highlight, concerns about two or more organisations or "
    "agencies working together effectively?",
    Criterion.NATIONAL_VIEW: "Is it one that the national Panel has considered and concluded that a local review may "
    "be more appropriate?",
    Criterion.NATIONAL_IMPORTANCE: "What the section “National importance” says. With “Yes”, the three criteria "
    "below need a finding too.",
    Criterion.NATIONAL_IMPROVEMENTS: "Does the case highlight, or may it highlight, improvements needed to safeguard "
    "and promote the welfare of children, including where those were identified before?",
    Criterion.NATIONAL_LAW: "Does it raise, or may it raise, issues that need a change of law, or of guidance given "
    "under it?",
    Criterion.NATIONAL_THEMES: "Does it highlight, or may it highlight, recurrent themes in safeguarding and promoting "
    "the welfare of children?",
}
APPLIES = [(Finding.MET, "Applies"), (Finding.NOT_MET, "Does not apply"), (Finding.NOT_CLEAR, "Not clear")]
IMPORTANT = [(Finding.MET, "Yes"), (Finding.NOT_MET, "No"), (Finding.NOT_CLEAR, "Not clear")]
GROUPS = (
    ("Criteria of regulation 11", CRITERIA),
    ("Circumstances to have regard to", CIRCUMSTANCES),
    ("National review: regulation 3", NATIONAL),
)
ALL = (*CRITERIA, *CIRCUMSTANCES, *NATIONAL)


def _choices(criterion: Criterion) -> list[tuple[Any, str]]:
    if criterion in CIRCUMSTANCES:
        return APPLIES
    return IMPORTANT if criterion == Criterion.NATIONAL_IMPORTANCE else Finding.choices


def _label(criterion: Criterion) -> str:
    """Under the heading of its group, which says "National" already."""
    label = criterion.label.removeprefix("National: ")
    return label[:1].upper() + label[1:]


class CriteriaForm(Form):
    """A finding and its reason for each criterion and circumstance. Those left empty are saved for another day.

    The button "Save and choose evidence" beside each posts its criterion as `evidence`.
    """

    submit = "Save"

    def __init__(self, *args: Any, answers: Mapping[str, CriterionAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in ALL:
            answer = answers.get(criterion)
            self.fields[f"{criterion.value}-finding"] = forms.ChoiceField(
                label=_label(criterion),
                help_text=LAW.get(criterion, ""),
                choices=_choices(criterion),
                widget=forms.RadioSelect,
                required=False,
                initial=answer.finding if answer else None,
            )
            self.fields[f"{criterion.value}-reason"] = forms.CharField(
                label=format_html(
                    '{}<span class="govuk-visually-hidden">: {}</span>',
                    "Reason, unless it plainly does not apply" if criterion in CIRCUMSTANCES else "Reason",
                    criterion.label,
                ),
                widget=forms.Textarea(attrs={"rows": 4}),
                required=False,
                initial=answer.reason if answer else "",
            )

    def layout(self) -> list[LayoutObject | str]:
        shown: list[LayoutObject | str] = []
        for title, criteria in GROUPS:
            shown.append(HTML(f'<h2 class="govuk-heading-m">{title}</h2>'))
            for criterion in criteria:
                shown += [Field(f"{criterion.value}-finding"), Field(f"{criterion.value}-reason")]
                shown.append(HTML(f'{{% load rapid_reviews_tags %}}{{% evidence_of "{criterion.value}" %}}'))
        return shown

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in ALL:
            finding, reason = data.get(f"{criterion.value}-finding"), data.get(f"{criterion.value}-reason", "")
            plainly_not = criterion in CIRCUMSTANCES and finding == Finding.NOT_MET
            if finding and not plainly_not:
                self.require(f"{criterion.value}-reason", f"Give the reason: {criterion.label}")
            if reason and not finding:
                self.add_error(f"{criterion.value}-finding", f"Select a finding: {criterion.label}")
        return data

    @property
    def answers(self) -> dict[Criterion, tuple[Finding, str]]:
        """What workflow.answer_criteria takes: only those with a finding."""
        data = self.cleaned_data
        return {
            c: (Finding(data[f"{c.value}-finding"]), data[f"{c.value}-reason"].replace("\r\n", "\n"))
            for c in ALL
            if data.get(f"{c.value}-finding")
        }
