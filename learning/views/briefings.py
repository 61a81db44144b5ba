"""The 7-minute briefing of a message: begun, written, finished, taken as PDF or Word."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.workflow import record
from learning import workflow
from learning.forms import BriefingForm
from learning.models import KeyMessage, SevenMinuteBriefing
from learning.views.base import Step, back_to, confirm, found, need, said, saved, show, take_step, verbs, with_seen
from learning.workflow.briefings import facts_of
from panel.permissions import Permission
from panel.typed import keeps_typed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD}


def _briefing(request: HttpRequest, reference: str) -> SevenMinuteBriefing:
    visible = SevenMinuteBriefing.objects.visible_to(request.user).select_related("message", "changed_by")
    return get_object_or_404(visible, message__reference=reference)


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """A draft with the parts of the template."""
    message = found(request, KeyMessage, reference=reference)
    need(request, Permission.MANAGE_LEARNING)
    workflow.begin_briefing(message=message, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    return redirect("learning:briefing-write", reference)


def briefing(request: HttpRequest, reference: str) -> HttpResponse:
    """As it will be read."""
    row = _briefing(request, reference)
    steps = verbs(request, row, timezone.localdate())
    return show(
        request, "briefing", briefing=row, parts=row.texts, verbs=steps, back=row.message.get_absolute_url(),
        audiences=row.message.audiences.all(),
    )  # fmt: skip


@keeps_typed
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """All parts on one page. Two windows do not overwrite each other."""
    row, now = _briefing(request, reference), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    form = BriefingForm(request.POST or None, briefing=row, initial=with_seen(facts_of(row)))

    def save() -> None:
        data = form.cleaned_data
        workflow.write_briefing(
            briefing=row, title=data["title"], marking=data["marking"], texts=form.texts(), seen=data["seen"],
            by=request.user, now=now,  # type: ignore[arg-type]
        )  # fmt: skip

    if saved(request, form, save):
        return said(request, "The briefing is saved.", row)
    return show(request, "form", form=form, title="Write the 7-minute briefing", lead_text=row.message.text,
                **back_to(row))  # fmt: skip


STEPS = {
    "finish": Step(
        "finish", "Finish the briefing?", confirm("Finish it"),
        lambda row, data, **who: workflow.finish_briefing(briefing=row, **who), "The briefing is finished.",
        "PDF and Word then bear no “draft” any more. Read once more that nobody can be recognised.",
    ),
    "reopen": Step(
        "reopen", "Open the briefing again?", confirm("Open it"),
        lambda row, data, **who: workflow.reopen_briefing(briefing=row, **who), "The briefing is a draft again.",
    ),
}  # fmt: skip


def step(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    return take_step(request, _briefing(request, reference), STEPS, slug)


@require_GET
def take(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """As PDF/UA or Word. Audited; the file's name holds the reference and nothing else."""
    from learning.briefing import document, pdf, word  # noqa: PLC0415 - WeasyPrint: a second that only a file needs

    row = _briefing(request, reference)
    if kind not in TYPES:
        raise Http404
    made: dict[str, Any] = {"pdf": pdf.pdf, "docx": word.word}
    content = made[kind](document.document(row, timezone.localdate()))
    record("learning.briefing_taken", by=request.user, obj=row, reference=reference, about=reference, kind=kind.upper())
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="briefing-{reference}.{kind}"'
    return response
