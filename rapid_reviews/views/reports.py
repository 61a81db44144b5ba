"""The report's files: asked for, looked at, downloaded."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from core.errors import NotPermitted
from rapid_reviews import permissions, readiness, workflow
from rapid_reviews.choices import Naming, ReportState
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import ReportForm
from rapid_reviews.models import ReviewReport
from rapid_reviews.report.assemble import fingerprint
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.workflow.reports import data_of
from referrals.permissions import can_see_names

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sees_names(here: Visit) -> bool:
    return can_see_names(here.request.user, here.review.referral, on=here.today)  # type: ignore[arg-type]


def reports_of(here: Visit) -> list[ReviewReport]:
    """The reports that this person may read, without their bytes; each with `is_current`: nothing changed since."""
    reports = here.review.reports.defer("pdf", "word", "data").select_related("requested_by", "review__referral")
    found = [one for one in reports if sees_names(here) or one.naming != Naming.FULL]
    namings = {one.naming for one in found}
    says = {naming: fingerprint(data_of(here.review, Naming(naming), now=here.now)) for naming in namings}
    for one in found:
        one.is_current = one.fingerprint == says[one.naming]
    return found


@visit()
def report(here: Visit) -> HttpResponse:
    """The files there are, and a form to make them anew; POST asks for them."""
    may = permissions.verbs_for(here.request.user, here.review, on=here.today)
    form = ReportForm(here.request.POST or None, names=sees_names(here))
    if here.request.method == "POST":
        permissions.check_person(here.request.user, here.review, "make_report", on=here.today)
        if form.is_valid() and attempt(form, lambda: _make(here, Naming(form.cleaned_data["naming"]))):
            return here.home("review-report")
    made = reports_of(here)
    return here.page(
        "report",
        form=form if "make_report" in may else None,
        reports=made,
        is_making=any(one.state == ReportState.WAITING for one in made),
        blockers=readiness.before_sending(contents_of(here.review)) if here.review.is_open else [],
        verbs=may,
    )


def _make(here: Visit, naming: Naming) -> None:
    workflow.make_report(review=here.review, naming=naming, by=here.request.user, now=here.now)


@visit()
def report_progress(here: Visit) -> JsonResponse:
    """For the page's script: whether a report is still being made."""
    return JsonResponse({"rendering": here.review.reports.filter(state=ReportState.WAITING).exists()})


@visit()
def download_report(here: Visit, pk: int, form: str) -> HttpResponse:
    """One file, as an attachment. With names only for those who may see them."""
    if form not in TYPES:
        raise Http404
    report = get_object_or_404(here.review.reports.select_related("review__referral"), pk=pk, state=ReportState.READY)
    if report.naming == Naming.FULL and not sees_names(here):
        raise NotPermitted("You are not allowed to see names, so you cannot read the report with names.")
    workflow.record_download(report=report, form=form, by=here.request.user)
    response = HttpResponse(report.bytes_of(form), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{report.name}.{form}"'
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "no-store"
    return response
