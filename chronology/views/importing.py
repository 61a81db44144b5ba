"""A spreadsheet: template, upload, preview, confirm."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import imports, workflow
from chronology.forms import UploadForm, agency_of
from chronology.models import Preview
from chronology.previews import shown
from chronology.views.rows import page
from core.errors import NotPermitted, WorkflowError
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {
    "xlsx": (imports.xlsx_template, XLSX),
    "csv": (imports.csv_template, "text/csv; charset=utf-8"),
}


@require_GET
@case_page
@needs(Permission.EDIT_CHRONOLOGY)
def template(request: HttpRequest, referral: Referral, kind: str) -> HttpResponse:
    """The empty template."""
    if kind not in TEMPLATES:
        raise Http404
    make, content_type = TEMPLATES[kind]
    response = HttpResponse(make(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="chronology-template.{kind}"'
    return response


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def upload(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Read a file and go on to what was read."""
    form = UploadForm(request.POST or None, request.FILES or None)
    kept: list[Preview] = []
    now = timezone.now()

    def keep() -> None:
        file, agency = form.cleaned_data["file"], agency_of(form.cleaned_data["agency"])
        reading = imports.read(file, referral=referral, agency=agency, today=timezone.localdate(now))
        kept.append(
            workflow.keep_preview(
                reading=reading, referral=referral, agency=agency, file_name=file.name, by=request.user, now=now  # type: ignore[arg-type]
            )
        )  # fmt: skip

    if attempt(form, keep):
        return redirect("chronology:import-preview", referral.reference, kept[0].key)
    return page(request, referral, form, "Import a chronology from a spreadsheet", template="chronology/upload.html")


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
def preview(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    """What would be imported, with every fault; importing exactly that."""
    kept = get_object_or_404(
        Preview.objects.visible_to(request.user).select_related("agency", "referral"), referral=referral, key=key
    )
    if request.method == "POST":
        return _confirm(request, kept)
    context = shown(kept, request.GET.get("start", "")) | {"referral": referral, "case_tab": "chronology"}
    context["back"] = reverse("chronology:import", args=[referral.reference])
    return render(request, "chronology/preview.html", context)


def _confirm(request: HttpRequest, kept: Preview) -> HttpResponse:
    reference = kept.referral.reference
    try:
        count = workflow.import_rows(
            preview=kept, digest=request.POST.get("digest", ""), by=request.user, now=timezone.now()  # type: ignore[arg-type]
        )  # fmt: skip
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("chronology:import", reference)
    messages.success(request, f"{count} row{'' if count == 1 else 's'} imported into the chronology.")
    return redirect("chronology:timeline", reference)
