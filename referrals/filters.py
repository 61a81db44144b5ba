from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear

from deadlines.models import Clock
from panel.models import Agency, User
from referrals.choices import Kind
from referrals.models import Referral, ReferralQuerySet
from referrals.states import UNRECORDED, Status


class CaseFilter(django_filters.FilterSet):
    """The filters of the case list. Their choices come from the cases that the person may see, never from others."""

    q = django_filters.CharFilter(label="Reference", field_name="reference", lookup_expr="icontains")
    status = django_filters.ChoiceFilter(
        label="Status", empty_label="Any", choices=[c for c in Status.choices if c[0] not in UNRECORDED]
    )
    kind = django_filters.ChoiceFilter(label="Kind", empty_label="Any", choices=Kind.choices)
    year = django_filters.ChoiceFilter(label="Year", empty_label="Any", field_name="recorded_at__year")
    lead = django_filters.ModelChoiceFilter(label="Lead", empty_label="Anybody", queryset=User.objects.none())
    agency = django_filters.ModelChoiceFilter(
        label="Agency involved", empty_label="Any", queryset=Agency.objects.none(), method="with_agency"
    )
    overdue = django_filters.BooleanFilter(
        label="Only what is overdue", method="only_overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, visible: ReferralQuerySet, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, queryset=visible, **kwargs)
        mine = visible.order_by()
        years = mine.annotate(y=ExtractYear("recorded_at")).values_list("y", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(year, year) for year in sorted(years, reverse=True)]
        self.filters["lead"].queryset = User.objects.filter(pk__in=mine.values("lead"))
        self.filters["agency"].queryset = Agency.objects.filter(involvements__referral__in=mine).distinct()

    def with_agency(self, cases: ReferralQuerySet, name: str, agency: Agency | None) -> ReferralQuerySet:
        return cases.filter(involved_agencies__agency=agency) if agency else cases

    def only_overdue(self, cases: ReferralQuerySet, name: str, wanted: bool | None) -> ReferralQuerySet:
        if not wanted:
            return cases
        late = Clock.objects.overdue_on(self.today).main().filter(label=OuterRef("reference"))
        return cases.filter(Q(Exists(late)))
