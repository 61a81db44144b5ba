from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.utils.html import format_html

from core.forms import Form
from rapid_reviews.choices import CIRCUMSTANCES, CRITERIA, Criterion, Finding
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
}
APPLIES = [(Finding.MET, "Applies"), (Finding.NOT_MET, "Does not apply"), (Finding.NOT_CLEAR, "Not clear")]


class CriteriaForm(Form):
    """A finding and its reason for each criterion and circumstance. Those left empty are saved for another day."""

    submit = "Save"

    def __init__(self, *args: Any, answers: Mapping[str, CriterionAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in (*CRITERIA, *CIRCUMSTANCES):
            answer = answers.get(criterion)
            self.fields[f"{criterion.value}-finding"] = forms.ChoiceField(
                label=criterion.label,
                help_text=LAW.get(criterion, ""),
                choices=APPLIES if criterion in CIRCUMSTANCES else Finding.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=answer.finding if answer else None,
            )
            self.fields[f"{criterion.value}-reason"] = forms.CharField(
                label=format_html(
                    '{}<span class="govuk-visually-hidden">: {}</span>',
                    "Reason" if criterion in CRITERIA else "Reason, unless it plainly does not apply",
                    criterion.label,
                ),
                widget=forms.Textarea(attrs={"rows": 4}),
                required=False,
                initial=answer.reason if answer else "",
            )

    def layout(self) -> list[LayoutObject | str]:
        def fields(criteria: tuple[Criterion, ...]) -> list[Field]:
            return [Field(f"{c.value}-{part}") for c in criteria for part in ("finding", "reason")]

        return [
            HTML('<h2 class="govuk-heading-m">Criteria of regulation 11</h2>'),
            *fields(CRITERIA),
            HTML('<h2 class="govuk-heading-m">Circumstances to have regard to</h2>'),
            *fields(CIRCUMSTANCES),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in (*CRITERIA, *CIRCUMSTANCES):
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
            for c in (*CRITERIA, *CIRCUMSTANCES)
            if data.get(f"{c.value}-finding")
        }
