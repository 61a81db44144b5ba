import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.workflow import record
from chronology.formulas import safe
from core.forms import DateField, Form
from deadlines import calendar
from overview.assurance import Duty, Period, duties, usual_period
from panel.permissions import Permission, can

HEADINGS = ["Time limit", "Category", "To be confirmed", "Fell due", "In time", "Late, done", "Late, open", "Share"]


class PeriodForm(Form):
    """From which day to which. Empty: the twelve months that end today."""

    submit = "Show this period"
    first = DateField(label="From", what="the first day")
    last = DateField(label="Until", what="the last day")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "The last day must be the same as or after the first day")
        return data


def _asked(request: HttpRequest) -> tuple[PeriodForm, Period]:
    """The form, and the period that it asks for: the usual one where nothing or nonsense is asked."""
    if not can(request.user, Permission.SEE_BOARD):
        raise Http404
    usual = usual_period(timezone.localdate())
    is_asked = any(name.startswith(("first", "last")) for name in request.GET)
    form = PeriodForm(request.GET if is_asked else None, initial={"first": usual.first, "last": usual.last})
    form.helper.form_method = "get"
    if form.is_bound and form.is_valid():
        return form, Period(form.cleaned_data["first"], form.cleaned_data["last"])
    return form, usual


def _found(request: HttpRequest, period: Period) -> list[Duty]:
    return duties(request.user, period, today=timezone.localdate(), calendar=calendar.current())


@require_safe
def assurance(request: HttpRequest) -> HttpResponse:
    """?first, ?last: the period. ?wider=1: as it may be shown beyond the Executive Group."""
    form, period = _asked(request)
    found = _found(request, period)
    wider = request.GET.get("wider") == "1"
    query = request.GET.copy()
    query.pop("wider", None)
    page = {
        "form": form,
        "helper": form.helper,
        "period": period,
        "duties": found,
        "rows": [(duty, duty.wider if wider else duty.whole) for duty in found],
        "wider": wider,
        "query": query.urlencode(),
        "names": can(request.user, Permission.SEE_NAMES),
    }
    return render(request, "overview/assurance.html", page)


@require_safe
def assurance_csv(request: HttpRequest) -> HttpResponse:
    """The figures of the page, without cases and reasons. That they were taken is kept."""
    _, period = _asked(request)
    wider = request.GET.get("wider") == "1"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="assurance-{period.first}-{period.last}.csv"'
    response.write("\ufeff")  # or Excel takes it for Latin-1
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for duty in _found(request, period):
        confirm = duty.rule.status_note if duty.rule.is_to_be_confirmed else ""
        figures = duty.wider if wider else duty.whole
        writer.writerow(map(safe, [duty.rule.title, duty.rule.get_category_display(), confirm, *figures]))
    record("assurance.exported", by=request.user, period=f"{period.first} to {period.last}")
    return response
