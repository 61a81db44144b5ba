"""A log from a spreadsheet: upload, name the columns, check the rows, import."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from actions import imports, workflow
from actions.forms import ColumnsForm, UploadForm
from actions.imports import LogTable
from actions.imports.values import Agencies
from actions.models import ImportPreview
from actions.states import Status
from chronology.imports.faults import FileFaultError
from core.errors import NotPermitted, WorkflowError
from panel import permissions as panel
from panel.models import Agency
from panel.permissions import Permission
from referrals.views.base import attempt

ROWS_PER_PAGE = 50
MOST_FAULTS = 500


def _check(request: HttpRequest) -> None:
    panel.check(request.user, Permission.MANAGE_ACTIONS)  # type: ignore[arg-type]


def _kept(request: HttpRequest, key: uuid.UUID) -> ImportPreview:
    _check(request)
    found: ImportPreview = get_object_or_404(ImportPreview.objects.visible_to(request.user), key=key)
    return found


def upload(request: HttpRequest) -> HttpResponse:
    _check(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = imports.load(file)
        except FileFaultError as error:
            form.add_error("file", f"{error.wrong} {error.do}")
        else:
            now = timezone.now()
            kept = workflow.keep_upload(table=table, file_name=file.name, by=request.user, now=now)  # type: ignore[arg-type]
            return redirect("actions:import-columns", kept.key)
    return render(request, "actions/upload.html", {"form": form, "back": reverse("actions:log")})


def columns(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Which column of the file is which: guessed, or as it was the last time."""
    kept = _kept(request, key)
    if kept.emptied_at:
        return redirect("actions:import-preview", key)
    table = LogTable.from_json(kept.table)
    form = ColumnsForm(request.POST or None, table=table, columns=kept.columns, rest=kept.rest)

    def save() -> None:
        rest, now = form.cleaned_data["rest"], timezone.now()
        workflow.name_columns(preview=kept, columns=form.columns(), rest=rest, by=request.user, now=now)  # type: ignore[arg-type]

    if attempt(form, save):
        return redirect("actions:import-preview", key)
    context = {"form": form, "kept": kept, "rows": len(table.lines), "back": reverse("actions:import")}
    return render(request, "actions/columns.html", context)


def preview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What would be imported, with every fault; importing exactly that."""
    kept = _kept(request, key)
    if request.method == "POST":
        return _confirm(request, kept)
    start = request.GET.get("start", "")
    first = int(start) if start.isdigit() and len(start) < 6 else 0
    agencies = Agencies().by_pk()
    shown = kept.rows[first : first + ROWS_PER_PAGE]
    rows = [row | {"status": Status(row["status"]).label, "agencies": _several(row, agencies)} for row in shown]
    context = {
        "preview": kept, "rows": rows, "first": first + 1, "last": first + len(rows),
        "faults": kept.faults[:MOST_FAULTS],
        "faults_left": max(len(kept.faults) - MOST_FAULTS, 0), "back": reverse("actions:import-columns", args=[key]),
        "next": first + ROWS_PER_PAGE if first + ROWS_PER_PAGE < kept.count else None,
        "previous": max(first - ROWS_PER_PAGE, 0) if first else None,
    }  # fmt: skip
    return render(request, "actions/preview.html", context)


def _several(row: dict[str, Any], agencies: dict[int, Agency]) -> list[Agency]:
    return [agencies[pk] for pk in (row["owner"], *row["others"])]


def _confirm(request: HttpRequest, kept: ImportPreview) -> HttpResponse:
    digest = request.POST.get("digest", "")
    try:
        count = workflow.import_log(preview=kept, digest=digest, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("actions:import")
    messages.success(request, f"{count} action{' was' if count == 1 else 's were'} imported.")
    return redirect("actions:log")
