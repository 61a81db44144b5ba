from typing import Any

from django import forms
from django.db.models import Q

from core.forms import Form
from rapid_reviews.models import RapidReview, Theme


class _Themes(forms.ModelMultipleChoiceField):
    def label_from_instance(self, theme: Any) -> str:
        return theme.name if theme.is_active else f"{theme.name} (no longer in use)"


class ThemesForm(Form):
    """Those in use, and those that the review has already."""

    submit = "Save"

    def __init__(self, *args: Any, review: RapidReview, chosen: list[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Q(is_active=True) | Q(review_themes__review=review)
        self.fields["themes"] = _Themes(
            label="Which themes does this case show?",
            help_text="Select all that apply. Earlier cases with the same themes are listed beside the criteria.",
            queryset=Theme.objects.filter(there).distinct(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=chosen,
        )
