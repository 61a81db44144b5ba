"""The papers: made for everybody, read by each."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from core.errors import WorkflowError
from meetings import workflow
from meetings.choices import PackState
from meetings.models import Pack
from meetings.views.base import Visit, visit
from panel.permissions import Permission


def _pack(here: Visit) -> Pack | None:
    found: Pack | None = Pack.objects.visible_to(here.user).light().filter(meeting=here.meeting).first()
    return found


@visit()
def pack(here: Visit) -> HttpResponse:
    """One's own papers, and whether one has read them."""
    found = _pack(here)
    return here.page("pack", pack=found, is_ready=found is not None and found.state == PackState.READY)


@require_POST
@visit(Permission.PLAN_MEETINGS)
def make(here: Visit) -> HttpResponse:
    return here.do(
        lambda: workflow.ask_packs(meeting=here.meeting, by=here.user, now=here.now),
        "The papers are being made, one file for each reader. Each is told when theirs are ready.",
    )


@require_GET
@visit()
def download(here: Visit) -> HttpResponse:
    found = _pack(here)
    if found is None:
        raise Http404
    try:
        content = workflow.take_pack(pack=found, by=here.user, now=here.now)
    except WorkflowError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="papers-{here.meeting.on:%Y-%m-%d}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@visit()
def read(here: Visit) -> HttpResponse:
    found = _pack(here)
    if found is None:
        raise Http404
    return here.do(
        lambda: workflow.say_read(pack=found, by=here.user, now=here.now),
        "It is kept that you have read your papers.", "pack",
    )  # fmt: skip
