from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field, Fieldset, Fluid, Size
from django import forms

from core.forms import DateField
from referrals.choices import (
    CareSection,
    Ethnicity,
    LegalStatus,
    Outcome,
    Placement,
    PlanCategory,
    Sex,
    YesNoUnknown,
)
from referrals.forms.base import SectionForm, radios, select, text, textarea
from referrals.forms.incident import NO_NAMES
from referrals.sections import missing_facts

OLDEST = 26  # years: care leavers are followed to 25
BORN, UNBORN = "born", "unborn"


class ChildForm(SectionForm):
    birth = forms.ChoiceField(
        label="Is this child born?", choices=[(BORN, "Yes"), (UNBORN, "No, unborn")], widget=forms.RadioSelect,
        error_messages={"required": "Select whether this child is born"},
    )  # fmt: skip
    date_of_birth = DateField(
        label="Date of birth", what="the date of birth", required=False, help_text="For example, 27 3 2016"
    )
    expected_on = DateField(label="Expected date of delivery", what="the expected date of delivery", required=False)
    name = text("Full name", "Seen only by people who may see names. Everybody else reads a pseudonym.")
    other_names = text("Other names (optional)", "Names used earlier, nicknames, spellings.", max_length=300)
    is_index = forms.BooleanField(
        label="This is the index child", required=False,
        help_text="The child at the centre of the incident. There is one in each case: ticked here, it is this one.",
    )  # fmt: skip
    outcome = radios(Outcome, "What happened to this child?")
    sex = radios(Sex, "Sex")
    gender_identity = text("Gender identity, if different from sex (optional)", max_length=100)
    ethnicity = select(Ethnicity, "Ethnicity")
    ethnicity_reason = textarea(
        "Why is the ethnicity not known?", "Only if you chose “Not known”. A review must not leave this blank."
    )
    disability = radios(YesNoUnknown, "Does the child have a disability or health needs?")
    disability_details = textarea("Which disability or health needs?")
    disability_reason = textarea("Why is this not known?")
    religion = text("Religion or belief (optional)", max_length=100)
    first_language = text("First language (optional)", max_length=100)
    legal_status = radios(LegalStatus, "Legal status at the time of the incident")
    plan_category = select(PlanCategory, "Category of the plan")
    care_section = select(CareSection, "Looked after under")
    placement = select(Placement, "Where did the child live?")
    school = text("School or setting (optional)")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def as_initial(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        known = facts["name"] or facts["date_of_birth"]
        return {**facts, "birth": UNBORN if facts["is_unborn"] else BORN if known else ""}

    def layout(self) -> list[LayoutObject | str]:
        return [
            "seen",
            Fieldset(
                self.reveal("birth", born=["date_of_birth"], unborn=["expected_on"]),
                "name",
                "other_names",
                Field.checkbox("is_index"),
                Field.radios("outcome"),
                legend="Who", legend_size=Size.MEDIUM, legend_tag="h2",
            ),
            Fieldset(
                Field.radios("sex"),
                Field.text("gender_identity", field_width=Fluid.ONE_HALF),
                "ethnicity",
                "ethnicity_reason",
                self.reveal("disability", yes=["disability_details"], not_known=["disability_reason"]),
                Field.text("religion", field_width=Fluid.ONE_HALF),
                Field.text("first_language", field_width=Fluid.ONE_HALF),
                legend="Characteristics", legend_size=Size.MEDIUM, legend_tag="h2",
            ),
            Fieldset(
                self.reveal("legal_status", child_protection=["plan_category"], looked_after=["care_section"]),
                "placement",
                "school",
                legend="Circumstances", legend_size=Size.MEDIUM, legend_tag="h2",
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        facts = self.cleaned_data
        facts["is_unborn"] = facts.pop("birth", "") == UNBORN
        facts["expected_on" if not facts["is_unborn"] else "date_of_birth"] = None
        self._forget_the_irrelevant(facts)
        if not facts["is_unborn"]:
            self.require("name", "Enter the child’s full name")
        self._check_birth(facts.get("date_of_birth"))
        if not self.is_for_later:
            for name, message in missing_facts(facts).items():
                self.require(name, message)
        else:
            self._ask_for_reasons()

    def _forget_the_irrelevant(self, facts: dict[str, Any]) -> None:
        """What belongs to an answer that was changed must not stay behind, unseen."""
        for name, value, detail in (
            ("ethnicity", Ethnicity.NOT_KNOWN, "ethnicity_reason"),
            ("disability", YesNoUnknown.YES, "disability_details"),
            ("disability", YesNoUnknown.NOT_KNOWN, "disability_reason"),
            ("legal_status", LegalStatus.CHILD_PROTECTION, "plan_category"),
            ("legal_status", LegalStatus.LOOKED_AFTER, "care_section"),
        ):
            if facts.get(name) != value:
                facts[detail] = ""

    def _ask_for_reasons(self) -> None:
        """ "Not known" is never kept without its reason, even in a draft."""
        for name in ("ethnicity", "disability"):
            if self.cleaned_data.get(name) == Ethnicity.NOT_KNOWN:
                self.require(f"{name}_reason", missing_facts(self.cleaned_data)[f"{name}_reason"])

    def _check_birth(self, born: date | None) -> None:
        if born is None:
            return
        if born > self.today:
            self.add_error("date_of_birth", "The date of birth cannot be in the future. Is the child unborn?")
        elif born.year < self.today.year - OLDEST:
            age = self.today.year - born.year
            self.add_error("date_of_birth", f"With this date of birth the child would be about {age} years old")


class CorrectionForm(ChildForm):
    """The same questions about a child of a recorded case, with what the correction rests on."""

    submit = "Save the correction"
    more_buttons = ()
    reason = textarea("What has become known, and from whom?", NO_NAMES, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_index"]
        self.fields["reason"].error_messages["required"] = "Say what has become known, and from whom"

    def layout(self) -> list[LayoutObject | str]:
        parts = super().layout()
        parts[1].fields = [field for field in parts[1].fields if "is_index" not in getattr(field, "fields", [])]  # type: ignore[union-attr]
        return [*parts, "reason"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name != "reason"}
