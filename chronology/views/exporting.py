"""Taking the chronology out of the system: what the page shows, recorded in the audit trail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import workflow
from chronology.filters import TimelineFilter
from chronology.models import Row
from chronology.views.importing import XLSX
from chronology.views.timeline import address, people_for
from referrals.models import Referral
from referrals.views.base import case_page


@require_GET
@case_page
def export(request: HttpRequest, referral: Referral, kind: str) -> HttpResponse:
    """The rows of the filtered page, all of them, as xlsx or pdf."""
    from chronology import exports  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only an export needs

    people, _ = people_for(request, referral)
    asked = TimelineFilter(request.GET, referral=referral, people=people)
    rows = asked.rows(Row.objects.visible_to(request.user).filter(referral=referral).merged())
    if kind == "xlsx":
        content, count = exports.xlsx(rows, people, referral)
    elif kind == "pdf":
        today = timezone.localdate()
        try:
            data = exports.document(rows, people, referral, filtered=asked.words, made_on=today)
        except exports.TooManyRowsError:
            most = f"A PDF holds up to {exports.MOST_IN_PDF:,} rows"
            messages.error(request, f"{most}. Filter further, or take the spreadsheet.")
            return redirect(reverse("chronology:timeline", args=[referral.reference]) + address(request))
        content, count = exports.pdf(data), len(data["lines"])
    else:
        raise Http404
    workflow.note_export(referral=referral, kind=kind, count=count, with_names=people.with_names, by=request.user)  # type: ignore[arg-type]
    response = HttpResponse(content, content_type=XLSX if kind == "xlsx" else "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{referral.reference}-chronology.{kind}"'
    return response
