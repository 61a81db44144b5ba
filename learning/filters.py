"""Filters of the list of learning points."""

from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from learning.choices import Source
from learning.models import LearningPoint, PracticeArea
from learning.states import PointStatus
from panel.models import Agency
from rapid_reviews.models import Theme


class PointFilter(django_filters.FilterSet):
    """What nobody knows as a choice filters nothing, instead of an error for an old address."""

    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label="Words")
    status = django_filters.ChoiceFilter(choices=PointStatus.choices, label="Status", empty_label="All")
    source = django_filters.ChoiceFilter(choices=Source.choices, label="Learned from", empty_label="All")
    theme = django_filters.ModelChoiceFilter(
        field_name="themes", queryset=Theme.objects.all(), label="Theme", empty_label="All"
    )
    area = django_filters.ModelChoiceFilter(
        field_name="practice_area", queryset=PracticeArea.objects.all(), label="Practice area", empty_label="All"
    )
    agency = django_filters.ModelChoiceFilter(
        field_name="agencies", queryset=Agency.objects.all(), label="Agency", empty_label="All"
    )

    class Meta:
        model = LearningPoint
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form.fields["q"].widget = forms.TextInput()

    @property
    def rows(self) -> Any:
        """The rows found; all of them where a value is no choice."""
        return self.qs if self.form.is_valid() else self.queryset

    @property
    def is_filtered(self) -> bool:
        return self.form.is_valid() and any(self.form.cleaned_data.values())
