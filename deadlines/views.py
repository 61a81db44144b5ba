"""The date calculator and the list of time limits. Both only read."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import WorkflowError
from deadlines import calendar as stored
from deadlines.choices import KINDS, Unit
from deadlines.explain import Count, Countable, compute
from deadlines.forms import FREE, CalculatorForm
from deadlines.models import CalendarYear, Rule


def calculator(request: HttpRequest) -> HttpResponse:
    """What-if: which date does a rule give? By GET, so that an answer can be sent as a link. Changes nothing."""
    form = CalculatorForm(request.GET or None, rules=Rule.objects.open_ended())
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            context |= _answer(form.cleaned_data)
        except WorkflowError as error:
            form.add_error("date", str(error))
    return render(request, "deadlines/calculator.html", context)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    trigger: date = asked["date"]
    counted: Countable
    rule: Rule | None = None
    if asked["rule"] in FREE:
        direction, unit = KINDS[asked["rule"]]
        counted = Count(direction, unit, asked["length"])
    else:
        counted = rule = Rule.objects.for_trigger(asked["rule"], trigger)
    calendar = stored.current() if counted.unit == Unit.WORKING_DAYS else None
    return {"deadline": compute(counted, trigger, calendar), "rule": rule}


def rules(request: HttpRequest) -> HttpResponse:
    """Every time limit with its source, edition and reminders, and which years the calendar knows."""
    editions = list(Rule.objects.prefetch_related("steps").order_by("code", "-effective_from"))
    latest = [rule for rule in editions if rule.effective_until is None]
    first = {rule.code: rule.pk for rule in sorted(editions, key=lambda rule: -rule.pk)}
    latest.sort(key=lambda rule: first[rule.code])
    years = list(CalendarYear.objects.order_by("year").values_list("year", flat=True))
    context = {
        "limits": [rule for rule in latest if not rule.milestone_of],
        "milestones": sorted((r for r in latest if r.milestone_of), key=lambda rule: rule.length or 0),
        "earlier": [rule for rule in editions if rule.effective_until is not None],
        "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None,
    }
    return render(request, "deadlines/rules.html", context)
