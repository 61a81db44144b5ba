"""The filters and the order of the log. Their choices come from the actions that the person sees, never from others."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q

from actions.choices import Kind, Rag, Source
from actions.models import Action, ActionQuerySet, Escalation
from actions.states import ENDED, Status
from panel.models import Agency

ORDERS = {
    "due": ("Due date, earliest first", [F("due_on").asc(nulls_last=True), "reference"]),
    "-due": ("Due date, latest first", [F("due_on").desc(nulls_last=True), "reference"]),
    "-reference": ("Newest first", ["-proposed_at", "-reference"]),
    "reference": ("Oldest first", ["proposed_at", "reference"]),
    "agency": ("Agency", ["owner__name", F("due_on").asc(nulls_last=True), "reference"]),
    "status": ("Status", ["status", F("due_on").asc(nulls_last=True), "reference"]),
}
GOING_ON = "going-on"


class ActionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Words or reference", method="with_words")
    status = django_filters.ChoiceFilter(
        label="Status", empty_label="Any", choices=[(GOING_ON, "Not ended"), *Status.choices], method="with_status"
    )
    rag = django_filters.ChoiceFilter(label="RAG", empty_label="Any", choices=Rag.choices, field_name="rag")
    agency = django_filters.ModelChoiceFilter(
        label="Agency", empty_label="Any", queryset=Agency.objects.none(), method="with_agency"
    )
    kind = django_filters.ChoiceFilter(label="Kind", empty_label="Any", choices=Kind.choices)
    source = django_filters.ChoiceFilter(label="Source", empty_label="Any", choices=Source.choices)
    case = django_filters.CharFilter(label="Case", field_name="referral__reference", lookup_expr="icontains")
    review = django_filters.CharFilter(
        label="Commissioned review", field_name="practice_review__reference", lookup_expr="icontains"
    )
    more = django_filters.ChoiceFilter(
        label="Only", empty_label="Any", method="with_more",
        choices=[
            ("late", "Late"), ("escalated", "Escalated, without an answer"), ("date", "Another date asked for"),
            ("impact", "Impact to be checked"), ("nobody", "Nobody to write to"),
        ],
    )  # fmt: skip
    order = django_filters.ChoiceFilter(
        label="Order", empty_label=None, choices=[(k, v[0]) for k, v in ORDERS.items()], method="in_order"
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, visible: ActionQuerySet, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, queryset=visible.with_rag(today), **kwargs)
        mine = visible.order_by()
        self.filters["agency"].queryset = Agency.objects.filter(
            Q(owned_actions__in=mine) | Q(shared_actions__in=mine)
        ).distinct()

    @property
    def is_filtered(self) -> bool:
        return any(self.data.get(name) for name in self.filters if name != "order")

    @property
    def rows(self) -> ActionQuerySet:
        """What was found, in the order that was asked for."""
        order = self.data.get("order") or "due"
        found: ActionQuerySet = self.qs
        return found.order_by(*ORDERS[order if order in ORDERS else "due"][1])

    def with_words(self, actions: ActionQuerySet, name: str, words: str) -> ActionQuerySet:
        for word in words.split():
            actions = actions.filter(
                Q(text__icontains=word)
                | Q(reference__icontains=word)
                | Q(earlier_reference__iexact=word)
                | Q(recommendation__icontains=word)
                | Q(lead_name__icontains=word)
                | Q(lead__name__icontains=word)
            )
        return actions

    def with_status(self, actions: ActionQuerySet, name: str, status: str) -> ActionQuerySet:
        return actions.exclude(status__in=ENDED) if status == GOING_ON else actions.filter(status=status)

    def with_agency(self, actions: ActionQuerySet, name: str, agency: Agency | None) -> ActionQuerySet:
        return actions.of_agencies([agency.pk]) if agency else actions

    def with_more(self, actions: ActionQuerySet, name: str, which: str) -> ActionQuerySet:
        waiting = Escalation.objects.filter(action=OuterRef("pk"), answered_at__isnull=True)
        return {
            "late": lambda: actions.late_on(self.today),
            "escalated": lambda: actions.filter(Exists(waiting)),
            "date": lambda: actions.filter(date_changes__status="asked"),
            "impact": lambda: actions.filter(impact_check_on__lte=self.today).exclude(impact__in=["yes", "no"]),
            "nobody": lambda: actions.running().filter(
                lead__isnull=True, lead_address="", owner__safeguarding_address=""
            ),
        }[which]()

    def in_order(self, actions: ActionQuerySet, name: str, order: str) -> ActionQuerySet:
        return actions
