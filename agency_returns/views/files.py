"""Files of a return: what is attached, one more, one taken out, one to read. The same behind both doors."""

import uuid

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from agency_returns import workflow
from agency_returns.contents import contents_of
from agency_returns.forms import FilesForm
from agency_returns.models import AgencyReturn, ReturnFile
from agency_returns.views.door import Door
from core.errors import NotPermitted, WorkflowError
from documents.states import Status
from documents.uploads import INFECTED
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt


def files(door: Door) -> HttpResponse:
    """What is attached so far, and the form to attach more."""
    version = door.version
    may_write = version is None or version.is_open
    form = FilesForm(door.http.POST or None, door.http.FILES or None)
    if form.is_valid() and _attached(door, form):
        return door.go("files")
    return door.page("files", form=form, files=contents_of(door.request).files, version=version, may_write=may_write)


def _attached(door: Door, form: FilesForm) -> bool:
    """Each file for itself: what is refused becomes an error under the name that its sender knows."""
    stored = 0
    for file in form.cleaned_data["chosen"]:
        try:
            row = workflow.attach(request=door.request, file=file, **form.facts(), by=door.actor, now=door.now)
        except NotPermitted:
            raise
        except WorkflowError as error:
            form.add_error("chosen", f"{file.name}: {error}")
            continue
        if row.document.status == Status.REFUSED:
            form.add_error("chosen", f"{file.name}: {INFECTED}")
        else:
            stored += 1
    if stored:
        more = " Do not choose them again." if form.errors else ""
        door.tell(f"{stored} file{'' if stored == 1 else 's'} attached.{more}")
    return not form.errors


def _file(door: Door, key: uuid.UUID) -> ReturnFile:
    """A file of this request's newest version; another request's do not exist here."""
    if door.version is None:
        raise Http404
    found: ReturnFile = get_object_or_404(ReturnFile.objects.of(door.version), document__key=key)
    found.version.request = door.request
    return found


def remove(door: Door, key: uuid.UUID) -> HttpResponse:
    found = _file(door, key)
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit="Take the file out")
    if attempt(form, lambda: workflow.remove_file(file=found, by=door.actor, now=door.now)):
        return door.go("files", "The file is taken out of your return.")
    about = f"{found.document.original_name}. Nobody on the Panel is shown it."
    return door.page("form", form=form, title="Take this file out?", lead_text=about, back=door.url("files"))


def download(door: Door, key: uuid.UUID) -> HttpResponse:
    return served(door, _file(door, key))


def served(door: Door, found: ReturnFile) -> HttpResponse:
    """The file under its neutral name, as an attachment and nothing else."""
    try:
        file = workflow.open_file(file=found, by=door.actor, now=door.now)
    except NotPermitted:
        raise
    except WorkflowError as error:
        return door.refuse(error, "files")
    document = found.document
    response = FileResponse(file, as_attachment=True, filename=document.filename, content_type=document.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]


def of_version(version: AgencyReturn, key: str) -> ReturnFile:
    """For the senior lead: a file of the version that is theirs to sign off."""
    try:
        wanted = uuid.UUID(key)
    except ValueError as error:
        raise Http404 from error
    found: ReturnFile = get_object_or_404(ReturnFile.objects.of(version), document__key=wanted)
    found.version.request = version.request
    return found
