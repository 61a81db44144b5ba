"""The filters of the list. Its choices come from the reviews that the person sees, never from others."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q

from panel.models import Agency
from practice_reviews.choices import Kind
from practice_reviews.models import PracticeReviewQuerySet
from practice_reviews.states import RUNNING, Status

GOING_ON = "going-on"


class ReviewFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Words or reference", method="with_words")
    kind = django_filters.ChoiceFilter(label="Type", empty_label="Any", choices=Kind.choices)
    status = django_filters.ChoiceFilter(
        label="Status", empty_label="Any", choices=[(GOING_ON, "Not ended"), *Status.choices], method="with_status"
    )
    agency = django_filters.ModelChoiceFilter(
        label="Agency in scope", empty_label="Any", queryset=Agency.objects.none(), method="with_agency"
    )

    def __init__(self, *args: Any, visible: PracticeReviewQuerySet, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, queryset=visible, **kwargs)
        mine = visible.order_by()
        self.filters["agency"].queryset = Agency.objects.filter(
            Q(pk__in=mine.values("scope_agencies__agency")) | Q(pk__in=mine.values("agency"))
        )

    @property
    def is_filtered(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def with_words(self, rows: PracticeReviewQuerySet, name: str, words: str) -> PracticeReviewQuerySet:
        for word in words.split():
            rows = rows.filter(
                Q(title__icontains=word) | Q(reference__icontains=word) | Q(referral__reference__icontains=word)
            )
        return rows

    def with_status(self, rows: PracticeReviewQuerySet, name: str, status: str) -> PracticeReviewQuerySet:
        return rows.filter(status__in=RUNNING) if status == GOING_ON else rows.filter(status=status)

    def with_agency(self, rows: PracticeReviewQuerySet, name: str, agency: Agency | None) -> PracticeReviewQuerySet:
        if agency is None:
            return rows
        return rows.filter(Q(agency=agency) | Q(scope_agencies__agency=agency)).distinct()
