"""What was learned, from where."""

from typing import Any

from django import forms
from django.db.models import Q

from core.forms import DateField, Form
from learning.choices import Source
from learning.models import LearningPoint, OtherReview, PracticeArea
from learning.workflow import Origin, PointFacts
from panel.models import Agency
from practice_reviews.models import PracticeReview
from rapid_reviews.models import Theme
from referrals.forms.base import text as short
from referrals.forms.base import textarea

NO_NAMES = "No names: those that the case holds are replaced by pseudonyms when you save."


class PointForm(Form):
    """The words of a learning point, its themes and agencies."""

    submit = "Save the learning point"
    text = textarea("What was learned?", f"One thing, in a sentence or two. {NO_NAMES}", True)
    learned_on = DateField(label="When was it learned?", what="the day on which it was learned",
                           help_text="Such as the day of the meeting or of the report.")  # fmt: skip
    practice_area = forms.ModelChoiceField(
        PracticeArea.objects.none(), label="Practice area (optional)", required=False, empty_label="No single area"
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Themes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Select all that apply. By them learning is compared over the years.",
    )  # fmt: skip
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="Agencies whose practice it is about", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, point: LearningPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Q(pk__in=point.themes.values("pk")) if point else Q()
        area = Q(pk=point.practice_area_id) if point else Q()
        asked = Q(pk__in=point.agencies.values("pk")) if point else Q()
        active = Q(is_active=True)
        querysets = {"themes": (Theme, there), "practice_area": (PracticeArea, area), "agencies": (Agency, asked)}
        for name, (model, more) in querysets.items():
            self.fields[name].queryset = model.objects.filter(active | more if more else active)  # type: ignore[attr-defined]

    def facts(self) -> PointFacts:
        data = self.cleaned_data
        return PointFacts(
            text=data["text"], learned_on=data["learned_on"], practice_area=data["practice_area"],
            themes=tuple(data["themes"]), agencies=tuple(data["agencies"]),
        )  # fmt: skip


class SourcedPointForm(PointForm):
    """The same for a point that is recorded from no case's page: the source comes first."""

    field_order = ("source", "practice_review", "other_review", "audit")
    source = forms.ChoiceField(
        label="Where was it learned?", widget=forms.RadioSelect,
        choices=[(s.value, s.label) for s in (Source.AUDIT, Source.PRACTICE_REVIEW, Source.OTHER_REVIEW)],
        help_text="What a rapid review taught is recorded on the page of its case.",
        error_messages={"required": "Select where it was learned"},
    )  # fmt: skip
    practice_review = forms.ModelChoiceField(
        PracticeReview.objects.none(), label="Which commissioned review?", required=False, empty_label="Choose one"
    )
    other_review = forms.ModelChoiceField(
        OtherReview.objects.none(), label="Which review of others?", required=False, empty_label="Choose one"
    )
    audit = short("Which audit or activity?", "Such as “Audit of twenty discharge letters, spring 2026”. No names.")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice_review"].queryset = PracticeReview.objects.visible_to(user)  # type: ignore[attr-defined]
        reviews = OtherReview.objects.visible_to(user)
        self.fields["other_review"].queryset = reviews  # type: ignore[attr-defined]
        self.fields["other_review"].label_from_instance = lambda one: f"{one.reference}: {one.title}"  # type: ignore[attr-defined]

    def clean(self) -> None:
        source = self.cleaned_data.get("source")
        if source == Source.PRACTICE_REVIEW:
            self.require("practice_review", "Select the commissioned review")
        elif source == Source.OTHER_REVIEW:
            self.require("other_review", "Select the review of others")
        elif source == Source.AUDIT:
            self.require("audit", "Say which audit or activity")

    def origin(self) -> Origin:
        """Only what goes with the chosen source: the other boxes may have been filled first."""
        source = Source(self.cleaned_data["source"])
        return Origin(source=source, **{source.value: self.cleaned_data[source.value]})
