from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import Field
from django import forms

from core.forms import Form
from rapid_reviews.forms.texts import no_marks, plain
from rapid_reviews.outline import Part

YES, READY, NO = "yes", "ready", "no"


class SectionForm(Form):
    """One section's text. `version` is the one that the page was given; see workflow.save_section."""

    submit = "Save"
    text = forms.CharField(label="What the rapid review says", required=False, widget=forms.Textarea)
    is_unknown = forms.BooleanField(label="This is not known", required=False)
    unknown_reason = forms.CharField(
        label="Why it is not known", required=False, widget=forms.Textarea, help_text="Needed if it is not known."
    )
    is_complete = forms.ChoiceField(
        label="How far is this section?",
        choices=[
            (NO, "In progress: I or somebody else will come back to it"),
            (READY, "Ready for review: others may read it through"),
            (YES, "Complete"),
        ],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        section = part.section
        initial = {"version": 0, "is_complete": NO}
        if section is not None:
            initial = {name: getattr(section, name) for name in ("text", "is_unknown", "unknown_reason", "version")}
            initial["is_complete"] = YES if section.is_complete else READY if section.is_ready else NO
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 14
        self.fields["text"].help_text = part.guidance
        if not part.may_be_unknown:
            del self.fields["is_unknown"], self.fields["unknown_reason"]

    def layout(self) -> list[LayoutObject | str]:
        return [Field(name) for name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        no_marks(self, "text", "unknown_reason")
        if data.get("is_unknown"):
            self.require("unknown_reason", "Say why it is not known")
        elif data.get("is_complete") == YES:
            self.require("text", "A section with nothing in it cannot be complete: write it, or choose “In progress”")
        return data

    @property
    def written(self) -> dict[str, Any]:
        """What workflow.save_section takes."""
        data = self.cleaned_data
        return {
            "text": plain(data["text"]),
            "is_unknown": data.get("is_unknown", False),
            "unknown_reason": plain(data.get("unknown_reason", "")),
            "is_ready": data["is_complete"] == READY,
            "is_complete": data["is_complete"] == YES,
            "version": data["version"],
        }
