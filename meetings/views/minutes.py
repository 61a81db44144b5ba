"""The minutes: read, corrected, circulated, approved, taken as PDF or Word file."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from audit.workflow import record
from meetings import workflow
from meetings.forms import ApproveForm, EntryForm
from meetings.minutes import files
from meetings.models import MinuteEntry, Minutes
from meetings.permissions import can_table
from meetings.states import MINUTES
from meetings.views.base import Visit, keeps, visit
from meetings.workflow.minutes import approving
from panel.permissions import Permission
from rapid_reviews.views.clashing import overtaken
from referrals.views.base import attempt

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"pdf": (files.pdf, "application/pdf"), "docx": (files.word, WORD)}


def _minutes(here: Visit) -> Minutes:
    rows = Minutes.objects.visible_to(here.user).select_related("meeting", "approved_in")
    found: Minutes = get_object_or_404(rows, meeting=here.meeting)
    return found


@visit()
def minutes(here: Visit) -> HttpResponse:
    found = _minutes(here)
    may = here.can(Permission.CONDUCT_MEETINGS)
    verbs = {verb for verb in MINUTES.verbs if may and can_table(verb, found.status)}
    entries = files.entries_for(found, here.user)
    about = {"minutes": found, "entries": entries, "verbs": verbs, "standing": files.standing_of(found)}
    return here.page("minutes", **about, whose=MINUTES.owner(found.status))


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def draft(here: Visit) -> HttpResponse:
    return here.do(
        lambda: workflow.draft_minutes(meeting=here.meeting, by=here.user, now=here.now),
        "The minutes are drafted from what was captured. Read and correct them.", "minutes",
    )  # fmt: skip


@visit(Permission.CONDUCT_MEETINGS)
@keeps
def correct(here: Visit, entry_pk: int) -> HttpResponse:
    rows = MinuteEntry.objects.visible_to(here.user).filter(minutes=_minutes(here))
    entry = get_object_or_404(rows.select_related("minutes", "item__referral", "updated_by"), pk=entry_pk)
    form = EntryForm(here.request.POST or None, initial={"text": entry.text, "version": entry.version})

    def save() -> None:
        workflow.correct_entry(entry=entry, **form.cleaned_data, by=here.user, now=here.now)

    if here.request.method == "POST":
        try:
            if attempt(form, save):
                return here.go("The entry is corrected.", "minutes")
        except workflow.CorrectedMeanwhileError as error:
            return _together(here, entry, form, error)
    return here.page("form", form=form, title=entry.heading, back=here.url("minutes"))


def _together(here: Visit, entry: MinuteEntry, form: EntryForm, error: Any) -> HttpResponse:
    clash, data = overtaken(form, error, mine={"text": form.cleaned_data["text"]}, long=["text"])
    both = EntryForm(data)
    again = here.url("minutes-correct", entry.pk)
    return here.page("together", form=both, clash=clash, title=entry.heading, again=again, back=here.url("minutes"))


@require_POST
@visit(Permission.CONDUCT_MEETINGS)
def circulate(here: Visit) -> HttpResponse:
    found = _minutes(here)
    return here.do(
        lambda: workflow.circulate_minutes(minutes=found, by=here.user, now=here.now),
        "Everybody who was invited is asked to look at the minutes.", "minutes",
    )  # fmt: skip


@visit(Permission.CONDUCT_MEETINGS)
def approve(here: Visit) -> HttpResponse:
    found = _minutes(here)
    choices = approving(found)
    form = ApproveForm(here.request.POST or None, meetings=choices)

    def save() -> None:
        workflow.approve_minutes(minutes=found, meeting=form.cleaned_data["meeting"], by=here.user, now=here.now)

    if here.request.method == "POST" and attempt(form, save):
        return here.go("The minutes are approved. Nothing in them changes any more.", "minutes")
    none = "" if choices else "No later meeting has sat yet. Open the next one first: it approves these minutes."
    about = {"form": form if choices else None, "lead_text": none, "back": here.url("minutes")}
    return here.page("form", title="Approve the minutes", **about)


@require_GET
@visit()
def download(here: Visit, kind: str) -> HttpResponse:
    """What this reader sees, as a file; that it was taken is kept."""
    found = _minutes(here)
    if kind not in KINDS:
        raise Http404
    make, content_type = KINDS[kind]
    content = make(found, here.user)
    on = f"{here.meeting.on.day} {here.meeting.on:%B %Y}"
    record("meetings.minutes_taken", by=here.user, obj=found, body=here.meeting.body, on=on, kind=kind)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{here.meeting.on:%Y-%m-%d}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response
