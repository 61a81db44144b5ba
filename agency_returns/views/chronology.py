"""The chronology of a return: rows typed on the page, or a spreadsheet that is shown before it is imported."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from access_links.gate import restore_held
from agency_returns import workflow
from agency_returns.contents import rows_of
from agency_returns.forms import NoRowsForm
from agency_returns.views.door import Door
from chronology import imports
from chronology import workflow as chronology
from chronology.forms import RowForm, UploadForm
from chronology.models import Preview, Row
from chronology.previews import shown
from core.errors import NotPermitted, WorkflowError
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt
from referrals.workflow.base import ChangedMeanwhileError

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {
    "xlsx": (imports.xlsx_template, XLSX),
    "csv": (imports.csv_template, "text/csv; charset=utf-8"),
}


def _writer(door: Door) -> dict:
    """Who writes, as the chronology wants to know it."""
    return {"by": door.actor.user, "by_label": door.label, "now": door.now}


def rows(door: Door) -> HttpResponse:
    """The rows so far, and the ways to add to them."""
    version = door.version
    found = rows_of(version).in_order().prefetch_related("children") if version else Row.objects.none()
    page = Paginator(found, PER_PAGE).get_page(door.http.GET.get("page"))
    form = NoRowsForm(door.http.POST or None, initial={"reason": version.no_rows_reason if version else ""})

    def save() -> None:
        reason = form.cleaned_data["reason"]
        workflow.explain_no_rows(request=door.request, reason=reason, by=door.actor, now=door.now)

    if attempt(form, save):
        return door.go()
    people = door.people
    lines = [(row, ", ".join(people.child(c) for c in row.children.all())) for row in page]
    return door.page("chronology", rows=lines, page=page, form=form, version=version)


def new_row(door: Door) -> HttpResponse:
    held = restore_held(door.http)
    form = RowForm(door.http.POST or None, people=door.people, today=door.today, ask_agency=False)

    def save() -> None:
        version = workflow.begin(request=door.request, by=door.actor, now=door.now)
        chronology.add_row(
            referral=door.request.referral, agency=door.request.agency, facts=form.facts(),
            source_key=_open_source(version), release=False, **_writer(door),
        )  # fmt: skip

    if attempt(form, save):
        return door.go("chronology", "The row is saved.")
    title = "Add a row to the chronology"
    return door.page("form", form=form, title=title, held=held, back=door.url("chronology"))


def _open_source(version) -> str:  # type: ignore[no-untyped-def]
    if not version.is_open:
        raise WorkflowError("This return waits for its sign-off. Take it back to change it.")
    return str(version.source_key)


def _row(door: Door, key: uuid.UUID) -> Row:
    if door.version is None:
        raise Http404
    found: Row = get_object_or_404(rows_of(door.version).prefetch_related("children"), key=key)
    return found


def change_row(door: Door, key: uuid.UUID) -> HttpResponse:
    row = _row(door, key)
    held = restore_held(door.http)
    form = RowForm(door.http.POST or None, people=door.people, today=door.today, row=row, ask_agency=False)

    def save() -> None:
        try:
            chronology.change_row(
                row=row, facts=form.facts(), source_key=_open_source(door.version),
                seen=form.cleaned_data["seen"] or None, **_writer(door),
            )  # fmt: skip
        except ChangedMeanwhileError:
            form.renew(_row(door, key))
            raise

    if attempt(form, save):
        return door.go("chronology", "The row is saved.")
    return door.page("form", form=form, title="Change this row", held=held, back=door.url("chronology"))


def remove_row(door: Door, key: uuid.UUID) -> HttpResponse:
    row = _row(door, key)
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit="Remove the row")

    def save() -> None:
        reason = "Removed while the return was written."
        source = _open_source(door.version)
        chronology.withdraw_row(row=row, reason=reason, source_key=source, **_writer(door))

    if attempt(form, save):
        return door.go("chronology", "The row is removed.")
    return door.page("form", form=form, title="Remove this row?", lead_text=row.event, back=door.url("chronology"))


def template(door: Door, kind: str) -> HttpResponse:
    """The empty template."""
    if kind not in TEMPLATES:
        raise Http404
    make, content_type = TEMPLATES[kind]
    response = HttpResponse(make(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="chronology-template.{kind}"'
    return response


def upload(door: Door) -> HttpResponse:
    """Read a file and go on to what was read."""
    form = UploadForm(door.http.POST or None, door.http.FILES or None, ask_agency=False)
    kept: list[Preview] = []

    def keep() -> None:
        version = workflow.begin(request=door.request, by=door.actor, now=door.now)
        source, file = _open_source(version), form.cleaned_data["file"]
        about = {"referral": door.request.referral, "agency": door.request.agency, "source_key": source}
        reading = imports.read(file, today=door.today, **about)
        kept.append(chronology.keep_preview(reading=reading, file_name=file.name, **about, **_writer(door)))

    if attempt(form, keep):
        return door.go("preview", key=kept[0].key)
    return door.page("upload", form=form, back=door.url("chronology"))


def preview(door: Door, key: uuid.UUID) -> HttpResponse:
    """What would be imported, with every fault; importing exactly that."""
    if door.version is None:
        raise Http404
    mine = Preview.objects.filter(referral=door.request.referral, source_key=door.version.source_key)
    kept = get_object_or_404(mine.select_related("agency", "referral"), key=key)
    if door.http.method == "POST":
        return _confirm(door, kept)
    context = shown(kept, door.http.GET.get("start", "")) | {"back": door.url("upload")}
    return door.page("preview", **context)


def _confirm(door: Door, kept: Preview) -> HttpResponse:
    try:
        _open_source(door.version)
        digest = door.http.POST.get("digest", "")
        count = chronology.import_rows(preview=kept, digest=digest, release=False, **_writer(door))
    except NotPermitted:
        raise
    except WorkflowError as error:
        return door.refuse(error, "upload")
    return door.go("chronology", f"{count} row{'' if count == 1 else 's'} imported into your chronology.")
